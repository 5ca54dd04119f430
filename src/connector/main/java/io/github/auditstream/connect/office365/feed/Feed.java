package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.feed.listing.ListingTarget;
import io.github.auditstream.connect.office365.feed.offset.FeedState;
import io.github.auditstream.connect.office365.feed.records.CatchUp;
import io.github.auditstream.connect.office365.feed.records.Deliveries;
import io.github.auditstream.connect.office365.feed.records.FeedRecords;
import io.github.auditstream.connect.office365.feed.records.FeedReports;
import io.github.auditstream.connect.office365.feed.retrieval.BlobFetch;
import io.github.auditstream.connect.office365.feed.retrieval.LastFailures;
import io.github.auditstream.connect.office365.feed.retrieval.RetrievalHost;
import io.github.auditstream.connect.office365.feed.retrieval.RetrievalQueue;
import io.github.auditstream.connect.office365.feed.retrieval.Retriever;
import io.github.auditstream.connect.office365.feed.tenant.FeedActivity;
import io.github.auditstream.connect.office365.feed.tenant.FeedHealth;
import io.github.auditstream.connect.office365.feed.tenant.TenantConnection;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.status.metrics.FeedMetrics;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The content blobs of one tenant and content type on their way to Kafka: which are waiting, which
 * are being retrieved and in which order they leave. A listed blob is admitted once, retrieved with
 * others at the same time, and handed over whole before the next one; the state that travels with
 * each record says exactly what has left.
 *
 * <p>The lister admits, fetchers fill, the task's thread drains. Everything is guarded by one lock,
 * the monitor of {@link FeedBlobs}, that is never held while waiting.
 */
final class Feed implements RetrievalHost, DeliveryWatch.Watched {
  private final FeedId id;
  private final TenantConnection connection;
  private final FeedHealth health;
  private final FeedActivity activity = new FeedActivity();
  private final Deliveries deliveries;
  private final Retriever retriever;
  private final RetrievalQueue queue;
  private final FeedBlobs blobs;
  private final FeedIntake intake;
  private final FeedDrain drain;

  /**
   * @param queueLength how many blobs are retrieved ahead of the one that is handed over
   */
  Feed(
      FeedId id,
      FeedState state,
      TenantConnection connection,
      FeedTools tools,
      int queueLength,
      FeedRecords records,
      FeedMetrics metrics) {
    this.id = id;
    this.connection = connection;
    this.health = new FeedHealth(id);
    this.deliveries = records.deliveries();
    this.retriever = new Retriever(this, connection, tools.retrieval());
    this.queue = new RetrievalQueue(id.contentType(), queueLength, retriever);
    this.blobs =
        new FeedBlobs(
            state, queue, tools.listing().settings().overlap(), tools.listing().mostWaiting());
    FeedReports reports = new FeedReports(id, health, records);
    CatchUp catchUp = new CatchUp(id, tools.listing().settings().pollInterval());
    Parking parking = new Parking(blobs, activity, new LastFailures(tools.retrieval().budget()));
    this.intake =
        new FeedIntake(
            id,
            connection,
            health,
            activity,
            metrics,
            tools.listing().wakeUp(),
            blobs,
            reports,
            catchUp);
    this.drain =
        new FeedDrain(connection, health, metrics, records, blobs, parking, reports, catchUp);
  }

  @Override
  public FeedId id() {
    return id;
  }

  @Override
  public FeedHealth health() {
    return health;
  }

  @Override
  public FeedActivity activity() {
    return activity;
  }

  @Override
  public boolean isHead(BlobFetch fetch) {
    return queue.isHead(fetch);
  }

  @Override
  public Deliveries deliveries() {
    return deliveries;
  }

  @Override
  public void undelivered(String reason) {
    health.undelivered(reason, connection.now());
  }

  @Override
  public void delivered() {
    health.succeeded(FeedHealth.Part.DELIVERY);
  }

  /** Where what is listed of it goes. */
  ListingTarget intake() {
    return intake;
  }

  /** Whether there are more blobs than can be retrieved at once. */
  boolean hasBacklog() {
    synchronized (blobs) {
      return queue.waiting() > 0;
    }
  }

  /**
   * Takes up the blob in which the last run stopped, before any other: another blob's records would
   * overwrite the place in it that the offset remembers.
   */
  void resume() {
    synchronized (blobs) {
      FeedState state = blobs.state();
      state
          .position()
          .flatMap(
              position ->
                  BlobFetch.unfinished(
                      id.contentType(),
                      position,
                      Optional.ofNullable(state.parked().get(position.contentId()))))
          .ifPresent(queue::retrieve);
    }
  }

  /**
   * Hands over what is ready, in order, with the offset that is true once it is in Kafka.
   *
   * @param most records that {@code out} may hold afterwards; a blob's last records can exceed it
   *     by a few
   * @param mostBytes of the heap that what is handed over may take; one element can exceed it
   * @return how many it takes
   */
  long drain(List<SourceRecord> out, int most, long mostBytes) {
    long handedOver = drain.drain(out, most, mostBytes);
    if (handedOver > 0) {
      retriever.giveBack(handedOver);
    }
    return handedOver;
  }
}
