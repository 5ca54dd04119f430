package io.github.auditstream.connect.office365.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * How a feed gets on with a backlog.
 *
 * @param since when it began to catch up
 * @param blobsDone in Kafka or the dead letters since then
 * @param eventsDone of them
 * @param blobsWaiting listed and not done
 * @param blobsNotListed an estimate, by what was listed so far
 * @param blobsPerMinute of late
 * @param eventsPerMinute of late
 * @param timeLeft at that rate; empty while it is not known
 */
public record CatchUpStatus(
    Instant since,
    long blobsDone,
    long eventsDone,
    long blobsWaiting,
    long blobsNotListed,
    long blobsPerMinute,
    long eventsPerMinute,
    Optional<Duration> timeLeft) {

  Struct toStruct(Schema schema) {
    return new Struct(schema)
        .put("Since", since.toString())
        .put("BlobsDone", blobsDone)
        .put("EventsDone", eventsDone)
        .put("BlobsWaiting", blobsWaiting)
        .put("BlobsNotListed", blobsNotListed)
        .put("BlobsPerMinute", blobsPerMinute)
        .put("EventsPerMinute", eventsPerMinute)
        .put("TimeLeftMs", timeLeft.map(Duration::toMillis).orElse(null));
  }
}
