package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.event.BlobElement;
import io.github.auditstream.connect.office365.feed.offset.FeedState;
import io.github.auditstream.connect.office365.feed.offset.ParkedBlob;
import io.github.auditstream.connect.office365.feed.records.CatchUp;
import io.github.auditstream.connect.office365.feed.records.FeedRecords;
import io.github.auditstream.connect.office365.feed.records.FeedReports;
import io.github.auditstream.connect.office365.feed.retrieval.BlobEnd;
import io.github.auditstream.connect.office365.feed.retrieval.BlobFetch;
import io.github.auditstream.connect.office365.feed.tenant.FeedHealth;
import io.github.auditstream.connect.office365.feed.tenant.TenantConnection;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.status.metrics.FeedMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The side of a feed that hands records over to Kafka Connect, blob after blob. Guarded by the
 * feed's lock, which {@link #drain} takes; called by the task's thread.
 */
record FeedDrain(
    TenantConnection connection,
    FeedHealth health,
    FeedMetrics metrics,
    FeedRecords records,
    FeedBlobs blobs,
    Parking parking,
    FeedReports reports,
    CatchUp catchUp) {

  /**
   * Hands over what is ready, in order, with the offset that is true once it is in Kafka.
   *
   * @param most records that {@code out} may hold afterwards; a blob's last records can exceed it
   *     by a few
   * @param mostBytes of the heap that what is handed over may take; one element can exceed it
   * @return how many it takes, to be given back to the budget
   */
  long drain(List<SourceRecord> out, int most, long mostBytes) {
    Instant now = connection.now();
    long handedOver = 0;
    int events = 0;
    synchronized (blobs) {
      reports
          .addUnreported(out, blobs.state(), blobs.queue().blobs(), now)
          .forEach(unused -> metrics.deadLettered());
      if (connection.hasEverSucceeded()) {
        // Whether a blob has expired is a matter of the server's clock.
        parking.retrieveDue(now);
      }
      while (out.size() < most && handedOver < mostBytes) {
        BlobFetch head = blobs.queue().head();
        if (head == null) {
          break;
        }
        Optional<BlobFetch.Arrived> arrived = head.takeArrived();
        if (arrived.isPresent()) {
          handOver(head, arrived.get(), out, now);
          handedOver += arrived.get().heldBytes();
          events += arrived.get().element() instanceof BlobElement.Event ? 1 : 0;
          continue;
        }
        Optional<BlobEnd> end = head.endIfEmptied();
        if (end.isEmpty()) {
          break;
        }
        finish(head, end.get(), out, now);
        handedOver += end.get().heldBytes();
      }
      report(out, now);
    }
    metrics.produced(events);
    return handedOver;
  }

  private void handOver(
      BlobFetch head, BlobFetch.Arrived arrived, List<SourceRecord> out, Instant now) {
    ContentBlob blob = head.blob();
    FeedState before = blobs.state();
    FeedState after =
        before.afterRecord(
            blob, arrived.element().index(), eventId(arrived), arrived.deadLettered());
    blobs.state(after);
    if (arrived.element() instanceof BlobElement.Event event) {
      out.add(records.event(blob, arrived.eventId(), event.event(), after, now));
      catchUp.eventDone();
    } else if (arrived.element() instanceof BlobElement.Refused refused) {
      out.addAll(records.refused(head, refused, before, after, now));
      metrics.deadLettered();
    }
  }

  private static Optional<String> eventId(BlobFetch.Arrived arrived) {
    return arrived.element() instanceof BlobElement.Event ? arrived.eventId() : Optional.empty();
  }

  private void finish(BlobFetch head, BlobEnd end, List<SourceRecord> out, Instant now) {
    ContentBlob blob = head.blob();
    blobs.queue().removeHead();
    if (end instanceof BlobEnd.Read read) {
      if (head.attempts() > 1) {
        parking.revive(now);
      }
      settle(blob);
      out.add(records.receipt(head, read, blobs.state(), now));
      metrics.receipt(read.bytes());
    } else if (end instanceof BlobEnd.Parked parked) {
      parking.park(parked, now).ifPresent(other -> makeRoom(other, out, now));
      if (parking.isFull() && !parking.isReadSince(blob.contentId())) {
        health.failed(FeedHealth.Part.RETRIEVAL, parked.why(), now);
      } else {
        succeededIfNoneWaits();
      }
      blobs.advanceWatermarks();
    } else if (end instanceof BlobEnd.Lost lost) {
      giveUp(head, parking.withLastFailure(blob.contentId(), lost), out, now);
    }
    blobs.fill();
  }

  private void makeRoom(ParkedBlob parkedBlob, List<SourceRecord> out, Instant now) {
    BlobEnd.Lost end = parking.givenUp(parkedBlob);
    health.gaveUp(parkedBlob, end.why().reason(), now);
    giveUp(BlobFetch.again(parkedBlob), end, out, now);
  }

  private void giveUp(BlobFetch fetch, BlobEnd.Lost lost, List<SourceRecord> out, Instant now) {
    out.addAll(records.lost(fetch, lost, blobs.state(), now));
    settle(fetch.blob());
    out.add(records.receipt(fetch, lost, blobs.state(), now));
    metrics.deadLettered();
    metrics.receipt(0);
  }

  private void settle(ContentBlob blob) {
    blobs.state(blobs.state().afterSettling(blob));
    parking.forget(blob.contentId());
    catchUp.blobDone();
    blobs.advanceWatermarks();
    succeededIfNoneWaits();
  }

  private void succeededIfNoneWaits() {
    if (blobs.queue().blobs() == 0 && !parking.isFull()) {
      // Whatever kept blobs from being read, there is none left that it could keep.
      health.succeeded(FeedHealth.Part.RETRIEVAL);
    }
  }

  private void report(List<SourceRecord> out, Instant now) {
    FeedState state = blobs.state();
    Duration unlisted = blobs.unlisted(now);
    boolean progressDue =
        catchUp.look(state.allReadUntil(), unlisted, blobs.queue().waiting(), now);
    if (reports.isStatusDue(now) || progressDue) {
      reports.addStatus(
          out,
          state,
          blobs.queue().blobs(),
          blobs.parked(),
          catchUp.status(unlisted, blobs.queue().blobs(), now),
          now);
      metrics.heartbeat(now);
    }
    metrics.progress(
        state.allReadUntil(), blobs.queue().blobs(), blobs.parked(), health.problem().isPresent());
  }
}
