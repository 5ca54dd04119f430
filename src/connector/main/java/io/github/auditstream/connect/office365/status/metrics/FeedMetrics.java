package io.github.auditstream.connect.office365.status.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
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
  private final Map<Metric, LongAdder> counts = new ConcurrentHashMap<>();
  private volatile DoubleSupplier deliveryBlocked = () -> 0;
  private volatile @Nullable Progress progress;
  private volatile @Nullable Instant lastHeartbeat;

  /**
   * The progress of the feed.
   *
   * @param allReadUntil all content created before this has been handed over
   * @param waiting listed blobs that have not been handed over whole
   * @param parked blobs that are parked
   */
  private record Progress(Instant allReadUntil, int waiting, int parked, boolean troubled) {}

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
    count(Metric.BLOBS_LISTED_TOTAL).add(blobs);
    count(Metric.BLOBS_LATE_TOTAL).add(lateOnes);
  }

  public void produced(int newEvents) {
    count(Metric.EVENTS_PRODUCED_TOTAL).add(newEvents);
  }

  public void deadLettered() {
    count(Metric.DEAD_LETTERS_TOTAL).increment();
  }

  /** An entry of a listing cannot be used. */
  public void refused() {
    count(Metric.ENTRIES_REFUSED_TOTAL).increment();
  }

  /**
   * A blob is done.
   *
   * @param blobBytes of its JSON text; 0 where it was not read to its end
   */
  public void receipt(long blobBytes) {
    count(Metric.RECEIPTS_TOTAL).increment();
    count(Metric.BLOB_BYTES_TOTAL).add(blobBytes);
  }

  /** Connect has dropped a record. */
  public void dropped() {
    count(Metric.RECORDS_DROPPED_TOTAL).increment();
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
    count(Metric.GAP_SECONDS_TOTAL).add(length.toSeconds());
  }

  /** How far the feed is now. */
  public void progress(Instant allReadUntil, int waiting, int parked, boolean troubled) {
    progress = new Progress(allReadUntil, waiting, parked, troubled);
  }

  /** Its metrics, to be registered. */
  public List<Reading> readings() {
    return List.of(
        reading(
            Metric.LAG_SECONDS,
            () -> {
              Progress known = progress;
              return secondsSince(known == null ? null : known.allReadUntil());
            }),
        reading(Metric.HEARTBEAT_AGE_SECONDS, () -> secondsSince(lastHeartbeat)),
        progress(Metric.TROUBLED, known -> known.troubled() ? 1 : 0),
        progress(Metric.BLOBS_WAITING, Progress::waiting),
        progress(Metric.BLOBS_PARKED, Progress::parked),
        counter(Metric.BLOBS_LISTED_TOTAL),
        counter(Metric.BLOBS_LATE_TOTAL),
        counter(Metric.ENTRIES_REFUSED_TOTAL),
        counter(Metric.EVENTS_PRODUCED_TOTAL),
        counter(Metric.DEAD_LETTERS_TOTAL),
        counter(Metric.RECEIPTS_TOTAL),
        counter(Metric.BLOB_BYTES_TOTAL),
        counter(Metric.GAP_SECONDS_TOTAL),
        counter(Metric.RECORDS_DROPPED_TOTAL),
        reading(Metric.DELIVERY_BLOCKED_SECONDS, () -> deliveryBlocked.getAsDouble()));
  }

  private Reading progress(Metric metric, ToIntFunction<Progress> of) {
    return reading(
        metric,
        () -> {
          Progress known = progress;
          return known == null ? 0 : of.applyAsInt(known);
        });
  }

  private LongAdder count(Metric metric) {
    return counts.computeIfAbsent(metric, any -> new LongAdder());
  }

  private Reading counter(Metric metric) {
    return reading(metric, count(metric)::sum);
  }

  private Reading reading(Metric metric, Supplier<Number> value) {
    return Reading.of(metric, value).tagged("tenant", tenant).tagged("contentType", contentType);
  }

  private double secondsSince(@Nullable Instant time) {
    return time == null
        ? Double.NaN
        : Math.max(0, Duration.between(time, now.get()).toMillis() / MILLIS);
  }
}
