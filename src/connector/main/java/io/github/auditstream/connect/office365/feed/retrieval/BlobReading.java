package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.BlobBody;
import io.github.auditstream.connect.office365.event.BlobElement;
import io.github.auditstream.connect.office365.event.BlobOrigin;
import io.github.auditstream.connect.office365.event.BlobReader;
import io.github.auditstream.connect.office365.event.BrokenBlobException;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.FeedId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a blob's bodies, one for each attempt, and hands on what no earlier one has brought. One
 * body at a time.
 */
final class BlobReading {
  private static final Logger LOG = LoggerFactory.getLogger(BlobReading.class);
  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);
  private static final int MOST_SEARCHES = 2;

  /** One by one they would wake the task's thread for a transaction each. */
  private static final int HANDED_ON_AT_ONCE = 100;

  private final BlobFetch fetch;
  private final Retriever retriever;
  private final RetrievalTools tools;
  private final FeedId feed;
  private final BlobFailures failures;
  private boolean placeLost;
  private int searches;
  private long handedOn;

  /** What came of a body. */
  sealed interface Result {
    /** Everything that is wanted was handed on. */
    record Done(BlobEnd.Read end) implements Result {}

    /** Another body is to be read, at once. */
    record Again() implements Result {}

    /**
     * It could not be read.
     *
     * @param bytes the last of what came
     * @param cutOff whether it did not come whole
     */
    record Failed(ApiOutcome.Failed<BlobBody> why, ByteBuffer bytes, boolean cutOff)
        implements Result {}
  }

  BlobReading(BlobFetch fetch, Retriever retriever, BlobFailures failures) {
    this.fetch = fetch;
    this.retriever = retriever;
    this.tools = retriever.tools();
    this.feed = retriever.feed().id();
    this.failures = failures;
  }

  /**
   * Reads a body, and closes it.
   *
   * @throws InterruptedException if the task stops
   */
  Result read(BlobBody body) throws InterruptedException {
    CapturedTail tail = new CapturedTail(body.stream());
    ContentBlob blob = fetch.blob();
    BlobOrigin origin =
        new BlobOrigin(
            feed.tenant(), blob.contentType().apiName(), blob.contentId(), blob.contentCreated());
    try (body;
        BlobReader reader =
            new BlobReader(
                tail,
                tools.mapper(),
                origin,
                tools.largestEvent().heapBytes(),
                tools.budget().largeEvents().of(() -> retriever.feed().isHead(fetch)))) {
      return placeLost ? searchPlace(reader) : pass(reader, tail);
    } catch (BrokenBlobException e) {
      return new Result.Failed(failures.broken(e), tail.tail(), false);
    } catch (IOException e) {
      return new Result.Failed(failures.cutOff(e), tail.tail(), true);
    } catch (RuntimeException e) {
      // Our own error, and not a reason to lose the blob or to stop the others. No message: it may
      // quote.
      LOG.error(
          "Feed {}: blob {} could not be read because of a bug in the connector: {} at {}",
          feed,
          blob.contentId(),
          e.getClass().getName(),
          e.getStackTrace().length == 0 ? "unknown place" : e.getStackTrace()[0]);
      return new Result.Failed(failures.internal(e), tail.tail(), false);
    }
  }

  /** Hands on all elements behind those that have been handed on before. */
  private Result pass(BlobReader reader, CapturedTail tail)
      throws IOException, BrokenBlobException, InterruptedException {
    long wanted = fetch.nextIndex();
    Optional<String> lastEventId = fetch.lastEventId();
    BlobTally tally = new BlobTally();
    long next = 0;
    for (BlobElement read = reader.next(); read != null; read = reader.next()) {
      BlobElement element = tools.largestEvent().admit(read, reader::lastElement);
      long index = element.index();
      next = index + 1;
      Optional<String> eventId = BlobTally.eventId(read);
      if (fetch.wants(index)) {
        tally.add(element);
      }
      if (index == wanted - 1 && lastEventId.isPresent() && !lastEventId.equals(eventId)) {
        return losePlace();
      }
      if (index >= wanted && fetch.wants(index)) {
        handOn(element, eventId);
      }
      if (fetch.endsWith(index)) {
        // What else is in the blob does not matter, nor whether it can be read.
        return new Result.Done(tally.read(0, Optional.empty()));
      }
    }
    if (next < wanted || fetch.isLongerThan(next)) {
      return losePlace();
    }
    return new Result.Done(tally.read(tail.count(), Optional.of(tail.sha256Hex())));
  }

  private void handOn(BlobElement element, Optional<String> eventId) throws InterruptedException {
    long heldBytes = BlobTally.heldBytes(element);
    retriever.takeRoom(fetch, heldBytes);
    fetch.arrived(element, eventId, heldBytes);
    handedOn++;
    if (handedOn % HANDED_ON_AT_ONCE == 0) {
      tools.wakeUp().wake();
    }
  }

  /**
   * The blob does not look as it did: the event that left last is searched before anything goes on.
   */
  private Result losePlace() {
    if (fetch.replay().isPresent()) {
      return new Result.Failed(failures.changed(), NO_BYTES, false);
    }
    placeLost = true;
    searches++;
    LOG.warn(
        "Feed {}: blob {} has changed since it was read to index {}; searching for the last event"
            + " that was handed over",
        feed,
        fetch.blob().contentId(),
        fetch.nextIndex() - 1);
    return new Result.Again();
  }

  private Result searchPlace(BlobReader reader) throws IOException, BrokenBlobException {
    Optional<String> lastEventId = fetch.lastEventId();
    long place = 0;
    long refused = 0;
    long refusedBefore = 0;
    if (lastEventId.isPresent() && searches <= MOST_SEARCHES) {
      for (BlobElement element = reader.next(); element != null; element = reader.next()) {
        if (place == 0 && lastEventId.equals(BlobTally.eventId(element))) {
          place = element.index() + 1;
          refusedBefore = refused;
        }
        if (tools.largestEvent().admit(element, reader::lastElement)
            instanceof BlobElement.Refused) {
          refused++;
        }
      }
    }
    // Where it is gone, or where more precedes it than has left, the whole blob goes out
    // again: rather twice than never.
    placeLost = false;
    boolean whole = place > fetch.nextIndex();
    fetch.continueFrom(whole ? 0 : place, whole ? 0 : refusedBefore);
    return new Result.Again();
  }
}
