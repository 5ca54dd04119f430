package io.github.auditstream.connect.office365.feed.offset;

import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.records.EventIds;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * The last record that left a feed.
 *
 * @param contentCreated of its blob
 * @param contentId of its blob
 * @param inside where in the blob it is; empty when the blob is done
 */
public record Position(Instant contentCreated, String contentId, Optional<Inside> inside) {

  /**
   * A place inside a blob, with all that is needed to retrieve that blob again without listing it.
   *
   * @param contentUri the blob's address
   * @param contentExpiration the blob's end
   * @param recordIndex index in the blob of the last record that left
   * @param eventId that record's event Id, as {@link EventIds} writes it; empty where there is none
   * @param deadLettered how many of the blob's elements up to there went to the dead letters
   */
  public record Inside(
      URI contentUri,
      Instant contentExpiration,
      long recordIndex,
      Optional<String> eventId,
      long deadLettered) {}

  static Position inside(
      ContentBlob blob, long recordIndex, Optional<String> eventId, long deadLettered) {
    return new Position(
        blob.contentCreated(),
        blob.contentId(),
        Optional.of(
            new Inside(
                blob.contentUri(), blob.contentExpiration(), recordIndex, eventId, deadLettered)));
  }

  static Position after(ContentBlob blob) {
    return new Position(blob.contentCreated(), blob.contentId(), Optional.empty());
  }
}
