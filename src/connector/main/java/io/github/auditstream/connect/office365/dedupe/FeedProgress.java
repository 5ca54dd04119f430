package io.github.auditstream.connect.office365.dedupe;

import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a feed of the live connector is, as its last status record says.
 *
 * @param tenant the tenant's id
 * @param contentType the content type
 * @param completeUntil content that was created before then is in Kafka, or parked
 * @param readFrom content that was created before then is never read; empty if that is not known
 * @param parked whether blobs are parked, which are sent later
 */
public record FeedProgress(
    String tenant,
    ContentType contentType,
    Instant completeUntil,
    Optional<Instant> readFrom,
    boolean parked) {
  /** So long Microsoft keeps content; what is older is sent by nobody. */
  private static final Duration LIFE = Duration.ofDays(7);

  /**
   * Content that was created before then is sent no more: it is in Kafka, it has expired, or it is
   * not for this feed.
   */
  public Instant doneBefore(Instant now) {
    Instant expired = now.minus(LIFE);
    Instant complete = parked || completeUntil.isBefore(expired) ? expired : completeUntil;
    return readFrom.filter(complete::isBefore).orElse(complete);
  }
}
