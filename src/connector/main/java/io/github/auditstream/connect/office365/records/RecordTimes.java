package io.github.auditstream.connect.office365.records;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Timestamps that brokers take: a record with another one fails the task. */
public final class RecordTimes {

  /**
   * Brokers refuse records stamped more than an hour ahead of their clock ({@code
   * log.message.timestamp.after.max.ms} since Kafka 4.0); half of it allows for clock skew.
   */
  private static final Duration FARTHEST_AHEAD = Duration.ofMinutes(30);

  private RecordTimes() {}

  /**
   * The timestamp of an event's record, in milliseconds.
   *
   * @param creationTime the event's own, which can be any time
   * @param otherwise taken where the event has no sound one; if that is none either, it is now
   */
  public static long ofEvent(Optional<Instant> creationTime, Instant otherwise, Instant now) {
    return creationTime
        .filter(time -> isSound(time, now))
        .or(() -> Optional.of(otherwise).filter(time -> isSound(time, now)))
        .orElse(now)
        .toEpochMilli();
  }

  private static boolean isSound(Instant time, Instant now) {
    return !time.isBefore(Instant.EPOCH) && !time.isAfter(now.plus(FARTHEST_AHEAD));
  }
}
