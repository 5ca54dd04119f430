package io.github.auditstream.connect.office365.status;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * One content blob that is done. Receipts add up: events found are records produced and dead
 * letters.
 *
 * @param about the blob
 * @param outcome what became of it
 * @param fetchedAt when it was done
 * @param attempts how often it was requested
 * @param bytes length of its JSON text; 0 if it was never read to its end
 * @param sha256 digest of its JSON text in hexadecimal; empty if it was never read to its end
 * @param eventsFound elements of its array
 * @param recordsProduced events that went to their topics
 * @param deadLettered elements or whole blobs that went to the dead letters
 * @param firstEvent earliest CreationTime in it
 * @param lastEvent latest CreationTime in it
 * @param replay the replay that this is the receipt of, whose elements alone are counted; empty for
 *     the first reading
 */
public record Receipt(
    BlobFacts about,
    Outcome outcome,
    Instant fetchedAt,
    int attempts,
    long bytes,
    Optional<String> sha256,
    long eventsFound,
    long recordsProduced,
    long deadLettered,
    Optional<Instant> firstEvent,
    Optional<Instant> lastEvent,
    Optional<ReplayRequest> replay) {
  private static final Schema SCHEMA = OwnSchemas.read("receipts");

  /** What became of a blob. */
  public enum Outcome {
    /** Every event is in its topic or in the dead letters. */
    PRODUCED,
    /** The blob, or the rest of it, could not be had. */
    LOST,
    /** Elements that were dead letters were read again: the receipt counts these alone. */
    REPLAYED
  }

  /** The receipts' schema: always the same instance. */
  public static Schema schema() {
    return SCHEMA;
  }

  public Struct toStruct() {
    Struct receipt = about.putInto(new Struct(SCHEMA));
    replay.ifPresent(one -> one.putInto(receipt));
    return receipt
        .put("Outcome", outcome.name())
        .put("FetchedAt", fetchedAt.toString())
        .put("Attempts", attempts)
        .put("Bytes", bytes)
        .put("Sha256", sha256.orElse(null))
        .put("EventsFound", eventsFound)
        .put("RecordsProduced", recordsProduced)
        .put("DeadLettered", deadLettered)
        .put("FirstEventTime", firstEvent.map(Instant::toString).orElse(null))
        .put("LastEventTime", lastEvent.map(Instant::toString).orElse(null));
  }
}
