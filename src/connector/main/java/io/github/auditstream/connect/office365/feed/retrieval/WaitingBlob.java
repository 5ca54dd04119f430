package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * A listed content blob that waits to be retrieved, in a third of the bytes: a feed holds thousands
 * of them, and an address mostly is what all have in common and the contentId.
 *
 * @param address the blob's; without the contentId where it ends with it
 * @param endsWithId whether the contentId is to be added to the address
 * @param life from its creation to its expiration; for most the same value
 */
record WaitingBlob(
    Instant contentCreated, String contentId, String address, boolean endsWithId, Duration life)
    implements Comparable<WaitingBlob> {
  private static final Comparator<WaitingBlob> BY_CREATION =
      Comparator.comparing(WaitingBlob::contentCreated).thenComparing(WaitingBlob::contentId);

  static WaitingBlob of(ContentBlob blob) {
    String uri = blob.contentUri().toString();
    String id = blob.contentId();
    boolean endsWithId = uri.endsWith(id);
    return new WaitingBlob(
        blob.contentCreated(),
        id,
        endsWithId ? uri.substring(0, uri.length() - id.length()) : uri,
        endsWithId,
        Duration.between(blob.contentCreated(), blob.contentExpiration()));
  }

  /** The same in the bytes of another one, as far as they are equal. */
  WaitingBlob sharing(WaitingBlob other) {
    return new WaitingBlob(
        contentCreated,
        contentId,
        address.equals(other.address) ? other.address : address,
        endsWithId,
        life.equals(other.life) ? other.life : life);
  }

  /** As it was listed. */
  ContentBlob blob(ContentType contentType) {
    return new ContentBlob(
        contentType,
        contentId,
        URI.create(endsWithId ? address + contentId : address),
        contentCreated,
        contentCreated.plus(life));
  }

  /** In the order in which blobs are retrieved: by creation. */
  @Override
  public int compareTo(WaitingBlob other) {
    return BY_CREATION.compare(this, other);
  }
}
