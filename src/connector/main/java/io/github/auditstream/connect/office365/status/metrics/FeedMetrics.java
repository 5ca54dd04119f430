package io.github.auditstream.connect.office365.status.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one feed counts. Safe for many threads; recording takes no lock and is done by the blob or
 * the batch, not by the event.
 */
public final class FeedMetrics {
  private static final double MILLIS = 1000;

  private final String tenant;
  private final String contentType;
  private final Supplier<Instant> now;
  private final LongAdder listed = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder events = new LongAdder();
  private final LongAdder deadLetters = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder receipts = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder gapSeconds = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private volatile DoubleSupplier deliveryBlocked = () -> 0;
  private volatile @Nullable Standing standing;
  private volatile @Nullable Instant lastHeartbeat;

  /**
   * The progress of the feed.
   *
   * @param allReadUntil all content created before this has been handed over
   * @param waiting listed blobs that have not been handed over whole
   * @param parked blobs that are parked
   */
  private record Standing(Instant allReadUntil, int waiting, int parked, boolean troubled) {}

  /**
   * @param tenant its id
   * @param contentType as the API writes it
   * @param now the time that the feed goes by
   */
  public FeedMetrics(String tenant, String contentType, Supplier<Instant> now) {
    this.tenant = tenant;
    this.contentType = contentType;
    this.now = now;
  }

  /**
   * Blobs were taken up.
   *
   * @param lateOnes those of them that had not been there when they should have been
   */
  public void listed(int blobs, int lateOnes) {
    listed.add(blobs);
    late.add(lateOnes);
  }

  public void produced(int newEvents) {
    events.add(newEvents);
  }

  public void deadLettered() {
    deadLetters.increment();
  }

  /** An entry of a listing cannot be used. */
  public void refused() {
    refused.increment();
  }

  /**
   * A blob is done.
   *
   * @param blobBytes of its JSON text; 0 where it was not read to its end
   */
  public void receipt(long blobBytes) {
    receipts.increment();
    bytes.add(blobBytes);
  }

  /** Connect has dropped a record. */
  public void dropped() {
    dropped.increment();
  }

  /**
   * Where to ask for how long Connect has not written the feed's records.
   *
   * @param seconds quick, and safe for many threads; 0 if nothing is wrong
   */
  public void deliveryBlocked(DoubleSupplier seconds) {
    deliveryBlocked = seconds;
  }

  /** A status record goes out. */
  public void heartbeat(Instant time) {
    lastHeartbeat = time;
  }

  /** Content of this length has expired unread. */
  public void gap(Duration length) {
    gapSeconds.add(length.toSeconds());
  }

  /** How far the feed is now. */
  public void progress(Instant allReadUntil, int waiting, int parked, boolean troubled) {
    standing = new Standing(allReadUntil, waiting, parked, troubled);
  }

  /** Its metrics, to be registered. */
  public List<Reading> readings() {
    return List.of(
        reading(
            Metric.LAG_SECONDS,
            () -> {
              Standing known = standing;
              return known == null ? Double.NaN : secondsSince(known.allReadUntil());
            }),
        reading(
            Metric.HEARTBEAT_AGE_SECONDS,
            () -> {
              Instant last = lastHeartbeat;
              return last == null ? Double.NaN : secondsSince(last);
            }),
        standing(Metric.TROUBLED, known -> known.troubled() ? 1 : 0),
        standing(Metric.BLOBS_WAITING, Standing::waiting),
        standing(Metric.BLOBS_PARKED, Standing::parked),
        reading(Metric.BLOBS_LISTED_TOTAL, listed::sum),
        reading(Metric.BLOBS_LATE_TOTAL, late::sum),
        reading(Metric.ENTRIES_REFUSED_TOTAL, refused::sum),
        reading(Metric.EVENTS_PRODUCED_TOTAL, events::sum),
        reading(Metric.DEAD_LETTERS_TOTAL, deadLetters::sum),
        reading(Metric.RECEIPTS_TOTAL, receipts::sum),
        reading(Metric.BLOB_BYTES_TOTAL, bytes::sum),
        reading(Metric.GAP_SECONDS_TOTAL, gapSeconds::sum),
        reading(Metric.RECORDS_DROPPED_TOTAL, dropped::sum),
        reading(Metric.DELIVERY_BLOCKED_SECONDS, () -> deliveryBlocked.getAsDouble()));
  }

  private interface OfStanding {
    int value(Standing standing);
  }

  private Reading standing(Metric metric, OfStanding of) {
    return reading(
        metric,
        () -> {
          Standing known = standing;
          return known == null ? 0 : of.value(known);
        });
  }

  private Reading reading(Metric metric, Supplier<Number> value) {
    return Reading.of(metric, value).tagged("tenant", tenant).tagged("contentType", contentType);
  }

  private double secondsSince(Instant time) {
    return Math.max(0, Duration.between(time, now.get()).toMillis() / MILLIS);
  }
}
