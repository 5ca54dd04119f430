package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.dedupe.EventIdSet;
import io.github.auditstream.connect.office365.graph.AuditLogQueries;
import io.github.auditstream.connect.office365.graph.AuditLogRecord;
import io.github.auditstream.connect.office365.graph.BrokenPageException;
import io.github.auditstream.connect.office365.graph.QueryRef;
import io.github.auditstream.connect.office365.graph.RecordListing;
import io.github.auditstream.connect.office365.graph.RecordPage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads the records of one query, page by page, and sends what is new. It can be read a second
 * time: what the same query offers has been seen to differ, and what counts is all that it ever
 * offered. For one thread at a time.
 */
final class SliceRead {
  private final Slice slice;
  private final QueryRef query;
  private final AuditLogQueries graph;
  private final EventSender sender;
  private final HistoryRecords.Source source;
  private final Supplier<Instant> now;
  private final EventIdSet offered = new EventIdSet();
  private RecordListing listing;
  private SliceEntry entry;
  private long newInThisReading;
  private int circles;

  /**
   * @param entry of the slice as its reading begins
   */
  SliceRead(
      Slice slice,
      SliceEntry entry,
      AuditLogQueries graph,
      EventSender sender,
      Supplier<Instant> now) {
    this.slice = slice;
    // What an earlier query, or a reading that broke off, has offered does not count for this one.
    this.entry = entry.with(entry.counts().withRecords(0));
    this.query = entry.query().orElseThrow();
    this.graph = graph;
    this.sender = sender;
    this.now = now;
    this.source =
        new HistoryRecords.Source(slice.tenant(), HistoryRecords.Source.HISTORY, query.id());
    this.listing = new RecordListing(query);
  }

  /** The entry with what has come of it so far. */
  SliceEntry entry() {
    return entry;
  }

  /** How many records this reading has brought that no earlier one had. */
  long newInThisReading() {
    return newInThisReading;
  }

  /** How often the pages have led round in a circle. */
  int circles() {
    return circles;
  }

  /** From the first page again. */
  void readAgain() {
    listing = new RecordListing(query);
    newInThisReading = 0;
  }

  /**
   * Reads all pages from the one that is due.
   *
   * @return empty once the last page has been read; else why not, and the next call goes on there
   */
  Optional<ApiOutcome.Failed<?>> readOn() throws InterruptedException {
    boolean last = false;
    while (!last) {
      Waiting.pause(graph.budget().reserve());
      ApiOutcome<RecordPage> outcome = Waiting.on(listing.ask(graph));
      if (outcome instanceof ApiOutcome.Failed<RecordPage> failure) {
        return Optional.of(failure);
      }
      try (RecordPage page = ((ApiOutcome.Ok<RecordPage>) outcome).value()) {
        for (AuditLogRecord read = page.next(); read != null; read = page.next()) {
          take(read);
        }
        last = listing.arrived(page);
      } catch (BrokenPageException e) {
        if (e.isCircle()) {
          circles++;
          listing.restart();
        }
        return Optional.of(e.failure());
      } catch (InterruptedIOException e) {
        throw Waiting.interrupted(e);
      } catch (IOException e) {
        throw new IllegalStateException("closing a page failed", e);
      }
    }
    return Optional.empty();
  }

  private void take(AuditLogRecord read) throws InterruptedException {
    if (read instanceof AuditLogRecord.Event event) {
      String key = EventSender.key(event.id(), event.json());
      if (count(key)) {
        sender.send(
            source, key, event.index(), event.json(), event.recordType(), this::placed, now.get());
      }
    } else if (read instanceof AuditLogRecord.Refused refused) {
      String key = EventSender.key(Optional.empty(), refused.text());
      if (count(key)) {
        sender.refuse(
            source,
            refused.index(),
            refused.reason(),
            refused.text(),
            refused.textBytes(),
            this::placed,
            now.get());
      }
    }
  }

  private boolean count(String key) {
    boolean isNew = offered.add(key);
    if (isNew) {
      newInThisReading++;
      entry = entry.with(entry.counts().withRecords(offered.size()));
    }
    return isNew;
  }

  private HistoryRecords.Place placed(EventSender.Fate fate) {
    entry =
        entry.with(
            fate == EventSender.Fate.SENT
                ? entry.counts().oneSent()
                : entry.counts().oneDeadLetter());
    return new HistoryRecords.Place(slice.sourcePartition(), entry.toSourceOffset());
  }
}
