package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.BlobBody;
import io.github.auditstream.connect.office365.event.BlobElement;
import io.github.auditstream.connect.office365.event.BlobOrigin;
import io.github.auditstream.connect.office365.event.BlobReader;
import io.github.auditstream.connect.office365.event.BrokenBlobException;
import io.github.auditstream.connect.office365.feed.Feed;
import io.github.auditstream.connect.office365.feed.FeedTools;
import io.github.auditstream.connect.office365.feed.offset.ParkedBlob;
import io.github.auditstream.connect.office365.feed.tenant.FeedHealth;
import io.github.auditstream.connect.office365.feed.tenant.FetchSlots;
import io.github.auditstream.connect.office365.feed.tenant.RequestSlots;
import io.github.auditstream.connect.office365.feed.tenant.TenantConnection;
import io.github.auditstream.connect.office365.model.ContentBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retrieves one content blob, attempt by attempt, and decides with {@link FailurePolicy} what
 * follows a failure. One attempt at a time. No thread waits for the answer; a fetcher's reads it.
 */
public final class Retrieval implements FetchSlots.Fetch, RequestSlots.Request {
  private static final Logger LOG = LoggerFactory.getLogger(Retrieval.class);
  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);
  private static final int MOST_SEARCHES = 2;

  /** One by one they would wake the task's thread for a transaction each. */
  private static final int HANDED_ON_AT_ONCE = 100;

  private final BlobFetch fetch;
  private final Feed feed;
  private final TenantConnection connection;
  private final FeedTools tools;
  private final long blobsReadBefore;
  private boolean placeLost;
  private boolean bodyCameWhole;
  private int searches;
  private int refusals;
  private long handedOn;

  public Retrieval(BlobFetch fetch, Feed feed, TenantConnection connection, FeedTools tools) {
    this.fetch = fetch;
    this.feed = feed;
    this.connection = connection;
    this.tools = tools;
    this.blobsReadBefore = feed.blobsRead();
  }

  @Override
  public boolean isHead() {
    return feed.isHead(fetch);
  }

  @Override
  public boolean isDue() {
    return isHead();
  }

  @Override
  public void run() {
    tools.after(Duration.ZERO, tools.listing(), this::begin);
  }

  private void begin() {
    if (connection.isPast(fetch.blob().contentExpiration())) {
      // Nothing is going to be asked: it takes none of the quota.
      tools.after(Duration.ZERO, tools.fetching(), () -> attempt(this::giveUpExpired));
    } else {
      connection.whenAllowed(tools, feed.retrievals(), this);
    }
  }

  @Override
  public void send(RequestSlots.Slot slot) {
    if (connection.isPast(fetch.blob().contentExpiration())) {
      slot.giveBack();
      tools.after(Duration.ZERO, tools.fetching(), () -> attempt(this::giveUpExpired));
      return;
    }
    // The future ends where the feed's own work begins: nothing is left to wait for.
    var unused =
        connection
            .api()
            .retrieve(fetch.blob())
            .whenComplete(
                (outcome, error) ->
                    tools.after(
                        Duration.ZERO,
                        tools.fetching(),
                        () -> attempt(() -> answered(slot, outcome, error))));
  }

  private interface Attempt {
    void run() throws InterruptedException;
  }

  private void attempt(Attempt attempt) {
    try {
      fetch.startAttempt();
      attempt.run();
    } catch (InterruptedException e) {
      // The task stops: what has left carries its own offset, the rest comes again.
      Thread.currentThread().interrupt();
    } finally {
      connection.slots().done();
    }
  }

  private void giveUpExpired() throws InterruptedException {
    failed(expired(), NO_BYTES);
  }

  private void answered(
      RequestSlots.Slot slot, ApiOutcome<BlobBody> outcome, @Nullable Throwable error)
      throws InterruptedException {
    bodyCameWhole = true;
    try {
      if (error != null) {
        throw new IllegalStateException("a blob could not be asked for", error);
      }
      if (outcome instanceof ApiOutcome.Failed<BlobBody> failure) {
        bodyCameWhole = RequestSlots.isAnswer(failure);
        failed(failure, NO_BYTES);
      } else if (outcome instanceof ApiOutcome.Ok<BlobBody> answer) {
        connection.succeeded();
        read(answer.value());
      }
    } finally {
      slot.release(bodyCameWhole);
    }
  }

  private void read(BlobBody body) throws InterruptedException {
    CapturedTail tail = new CapturedTail(body.stream());
    ContentBlob blob = fetch.blob();
    BlobOrigin origin =
        new BlobOrigin(
            feed.id().tenant(),
            blob.contentType().apiName(),
            blob.contentId(),
            blob.contentCreated());
    try (body;
        BlobReader reader =
            new BlobReader(
                tail,
                tools.mapper(),
                origin,
                tools.largestEvent().heapBytes(),
                tools.budget().largeEvents().of(this::isHead))) {
      if (placeLost) {
        searchPlace(reader);
      } else {
        pass(reader, tail);
      }
    } catch (BrokenBlobException e) {
      failed(broken(e), tail.tail());
    } catch (IOException e) {
      bodyCameWhole = false;
      failed(cutOff(e), tail.tail());
    } catch (RuntimeException e) {
      // Our own fault, and not a reason to lose the blob or to stop the others. No message: it may
      // quote.
      LOG.error(
          "Feed {}: blob {} could not be read because of a fault in the connector: {} at {}",
          feed.id(),
          blob.contentId(),
          e.getClass().getName(),
          e.getStackTrace().length == 0 ? "unknown place" : e.getStackTrace()[0]);
      failed(ownFault(e), tail.tail());
    }
  }

  /** Hands on all elements behind those that have been handed on before. */
  private void pass(BlobReader reader, CapturedTail tail)
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
        losePlace();
        return;
      }
      if (index >= wanted && fetch.wants(index)) {
        handOn(element, eventId);
      }
      if (fetch.endsWith(index)) {
        // What else is in the blob does not matter, nor whether it can be read.
        done(tally.read(0, Optional.empty()));
        return;
      }
    }
    if (next < wanted || fetch.isLongerThan(next)) {
      losePlace();
      return;
    }
    done(tally.read(tail.count(), Optional.of(tail.sha256Hex())));
  }

  private void done(BlobEnd.Read end) {
    feed.read();
    fetch.ended(end);
    tools.wakeUp().wake();
  }

  private void handOn(BlobElement element, Optional<String> eventId) throws InterruptedException {
    long heldBytes = BlobTally.heldBytes(element);
    takeRoom(heldBytes);
    fetch.arrived(element, eventId, heldBytes);
    handedOn++;
    if (handedOn % HANDED_ON_AT_ONCE == 0) {
      tools.wakeUp().wake();
    }
  }

  private void takeRoom(long bytes) throws InterruptedException {
    if (!feed.budget().tryTake(bytes, this::isHead, fetch::hasNothingWaiting)) {
      // What is there must leave before there is room.
      tools.wakeUp().wake();
      feed.budget().take(bytes, this::isHead, fetch::hasNothingWaiting);
    }
  }

  /**
   * The blob does not look as it did: the event that left last is searched before anything goes on.
   */
  private void losePlace() throws InterruptedException {
    if (fetch.replay().isPresent()) {
      failed(changed(), NO_BYTES);
      return;
    }
    placeLost = true;
    searches++;
    LOG.warn(
        "Feed {}: blob {} has changed since it was read to index {}; searching the event that left"
            + " last",
        feed.id(),
        fetch.blob().contentId(),
        fetch.nextIndex() - 1);
    again(Duration.ZERO);
  }

  private void searchPlace(BlobReader reader) throws IOException, BrokenBlobException {
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
    // Where it is gone, or where more stands before it than has left, the whole blob goes out
    // again: rather twice than never.
    placeLost = false;
    boolean whole = place > fetch.nextIndex();
    fetch.continueFrom(whole ? 0 : place, whole ? 0 : refusedBefore);
    again(Duration.ZERO);
  }

  private void failed(ApiOutcome.Failed<?> failure, ByteBuffer bytes) throws InterruptedException {
    if (Thread.interrupted()) {
      // The task stops: a request that was broken off says nothing about the blob.
      throw new InterruptedException();
    }
    Instant now = connection.now();
    // Counted, not timed: what is behind this blob in the queue may have been read before it
    // failed.
    boolean feedReads = feed.blobsRead() > blobsReadBefore;
    boolean throttled = failure.kind() == ApiOutcome.Kind.THROTTLED;
    boolean concernsFeed = !throttled && FailurePolicy.concernsFeed(failure.kind());
    boolean feedWorks = feedReads || (concernsFeed && feed.isListedThoughRefused(now));
    // A quota that is exceeded again and again lets a blob through now and then: told all the same.
    int failures =
        throttled || (concernsFeed && !feedReads)
            ? feed.health().trouble(FeedHealth.Part.RETRIEVAL, failure, now)
            : 1;
    if (throttled || (concernsFeed && !feedWorks)) {
      fetch.forgetAttempt();
      // Its own: all that are retrieved at the same time would wait as long as the last of them.
      refusals++;
      failures = Math.min(failures, refusals);
    }
    if (failure.kind() == ApiOutcome.Kind.NOT_SUBSCRIBED) {
      feed.doubtSubscription();
    }
    FailurePolicy.Verdict verdict =
        FailurePolicy.decide(
            failure,
            new FailurePolicy.Circumstances(
                fetch.attempts(),
                failures,
                connection.succeededSince(fetch.failingSince(now)),
                feedWorks,
                fetch.blob().contentExpiration(),
                now,
                tools.random().getAsDouble()));
    if (verdict instanceof FailurePolicy.Verdict.Again again) {
      again(again.after());
    } else if (verdict instanceof FailurePolicy.Verdict.Park park) {
      park(failure, bytes, park.retryAt());
    } else {
      LOG.error(
          "Feed {}: blob {} is given up after {} attempts and goes to the dead letters: {}",
          feed.id(),
          fetch.blob().contentId(),
          fetch.attempts(),
          failure.reason());
      ended(new BlobEnd.Lost(failure, fetch.nextIndex(), bytes));
    }
    tools.wakeUp().wake();
  }

  /** What was kept of the body waits to leave as elements do, and needs room like them. */
  private void ended(BlobEnd end) throws InterruptedException {
    if (end.heldBytes() > 0) {
      takeRoom(end.heldBytes());
    }
    fetch.ended(end);
  }

  private void park(ApiOutcome.Failed<?> failure, ByteBuffer bytes, Instant retryAt)
      throws InterruptedException {
    LOG.warn(
        "Feed {}: blob {} is put aside after {} attempts and tried again at {}: {}",
        feed.id(),
        fetch.blob().contentId(),
        fetch.attempts(),
        retryAt,
        failure.reason());
    String cause =
        failure.code().isEmpty()
            ? failure.kind().name()
            : failure.kind().name() + "/" + failure.code();
    ParkedBlob aside =
        new ParkedBlob(
            fetch.blob(),
            fetch.nextIndex(),
            fetch.lastEventId(),
            fetch.deadLettered(),
            fetch.attempts(),
            retryAt,
            cause,
            fetch.replay());
    ended(new BlobEnd.Parked(aside, failure, bytes));
  }

  private void again(Duration pause) {
    tools.after(pause, Runnable::run, () -> connection.slots().submit(this));
  }

  private ApiOutcome.Failed<BlobBody> expired() {
    return failure(
        ApiOutcome.Kind.EXPIRED,
        "the blob expired at " + fetch.blob().contentExpiration() + " before it could be read");
  }

  private ApiOutcome.Failed<BlobBody> broken(BrokenBlobException e) {
    return failure(
        ApiOutcome.Kind.MALFORMED,
        "the body is not a whole JSON array of events: "
            + e.getMessage()
            + ", at element "
            + fetch.nextIndex());
  }

  private ApiOutcome.Failed<BlobBody> changed() {
    return failure(
        ApiOutcome.Kind.MALFORMED,
        "the blob is not as it was when its dead letters were written, so that the elements to"
            + " replay cannot be told");
  }

  private ApiOutcome.Failed<BlobBody> cutOff(IOException e) {
    return failure(
        ApiOutcome.Kind.UNAVAILABLE,
        "the connection broke while the body arrived (" + e.getClass().getSimpleName() + ")");
  }

  private ApiOutcome.Failed<BlobBody> ownFault(RuntimeException e) {
    return failure(
        ApiOutcome.Kind.MALFORMED,
        "a fault in the connector kept it from reading the blob ("
            + e.getClass().getName()
            + "); please report it");
  }

  private ApiOutcome.Failed<BlobBody> failure(ApiOutcome.Kind kind, String what) {
    return new ApiOutcome.Failed<>(
        kind,
        kind == ApiOutcome.Kind.EXPIRED ? 0 : 200,
        "",
        "Tenant "
            + feed.id().tenant()
            + ", "
            + feed.id().contentType()
            + ", blob "
            + fetch.blob().contentId()
            + ": "
            + what,
        Optional.empty());
  }
}
