package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.model.ContentBlob;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry of a content listing that describes no content blob that could be retrieved. It is for
 * itself: the listing's other entries are as good as ever.
 *
 * @param index of the entry in its page, from 0
 * @param reason what is wrong with it, in words that quote none of it but a host's name
 * @param key distinguishes it from other such entries when it is listed again: made of its
 *     contentId, else of its contentUri, else of its text
 * @param contentId empty where it has none that could be one
 * @param contentUri empty where it has none, or where it is not the configured management host's:
 *     such an address is never asked, and is in the text alone
 * @param contentCreated empty where it has none that is a time
 * @param contentExpiration empty where it has none that is a time
 * @param text its JSON as it was listed, at most {@link ListingReader#LONGEST_ENTRY_BYTES} of it.
 *     Not to be changed
 * @param textBytes how long the text is in all
 */
public record RefusedEntry(
    int index,
    String reason,
    String key,
    Optional<String> contentId,
    Optional<String> contentUri,
    Optional<Instant> contentCreated,
    Optional<Instant> contentExpiration,
    ByteBuffer text,
    long textBytes) {

  /** A described blob that is refused for another reason than the API's room can know. */
  public static RefusedEntry of(ContentBlob blob, String reason) {
    byte[] text = Descriptors.text(blob);
    return new RefusedEntry(
        0,
        reason,
        Descriptors.key(blob.contentId()),
        Optional.of(blob.contentId()),
        Optional.of(blob.contentUri().toString()),
        Optional.of(blob.contentCreated()),
        Optional.of(blob.contentExpiration()),
        ByteBuffer.wrap(text),
        text.length);
  }

  /** Without the text and what is taken from it: nobody knows what is in it. */
  @Override
  public String toString() {
    return "RefusedEntry[" + index + " " + reason + "]";
  }
}
