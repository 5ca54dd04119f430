package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.BlobBody;
import io.github.auditstream.connect.office365.feed.offset.ParkedBlob;
import io.github.auditstream.connect.office365.feed.tenant.FeedHealth;
import io.github.auditstream.connect.office365.feed.tenant.FetchSlots;
import io.github.auditstream.connect.office365.feed.tenant.RequestSlots;
import io.github.auditstream.connect.office365.feed.tenant.Scheduler;
import io.github.auditstream.connect.office365.feed.tenant.TenantConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retrieves one content blob, attempt by attempt, and decides with {@link FailurePolicy} what
 * follows a failure. One attempt at a time. No thread waits for the answer; a fetcher's reads it.
 */
final class Retrieval implements FetchSlots.Fetch, RequestSlots.Request {
  private static final Logger LOG = LoggerFactory.getLogger(Retrieval.class);
  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

  private final BlobFetch fetch;
  private final Retriever retriever;
  private final RetrievalHost feed;
  private final TenantConnection connection;
  private final RetrievalTools tools;
  private final BlobFailures failures;
  private final BlobReading reading;
  private final long blobsReadBefore;
  private boolean bodyCameWhole;
  private int refusals;

  Retrieval(BlobFetch fetch, Retriever retriever) {
    this.fetch = fetch;
    this.retriever = retriever;
    this.feed = retriever.feed();
    this.connection = retriever.connection();
    this.tools = retriever.tools();
    this.failures = new BlobFailures(feed.id(), fetch);
    this.reading = new BlobReading(fetch, retriever, failures);
    this.blobsReadBefore = feed.activity().blobsRead();
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
    scheduler().after(Duration.ZERO, scheduler().listing(), this::begin);
  }

  private void begin() {
    if (connection.isPast(fetch.blob().contentExpiration())) {
      // Nothing is going to be asked: it takes none of the quota.
      scheduler().after(Duration.ZERO, scheduler().fetching(), () -> attempt(this::giveUpExpired));
    } else {
      connection.whenAllowed(tools.scheduler(), retriever.requests(), this);
    }
  }

  @Override
  public void send(RequestSlots.Slot slot) {
    if (connection.isPast(fetch.blob().contentExpiration())) {
      slot.giveBack();
      scheduler().after(Duration.ZERO, scheduler().fetching(), () -> attempt(this::giveUpExpired));
      return;
    }
    // The future ends where the feed's own work begins: nothing is left to wait for.
    var unused =
        connection
            .api()
            .retrieve(fetch.blob())
            .whenComplete(
                (outcome, error) ->
                    scheduler()
                        .after(
                            Duration.ZERO,
                            scheduler().fetching(),
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
    failed(failures.expired(), NO_BYTES);
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
    BlobReading.Result result = reading.read(body);
    if (result instanceof BlobReading.Result.Done done) {
      feed.activity().read(connection.now());
      feed.health().retrieved(connection.api().quota().isPaused());
      fetch.ended(done.end());
      tools.wakeUp().wake();
    } else if (result instanceof BlobReading.Result.Failed failure) {
      bodyCameWhole = !failure.cutOff();
      failed(failure.why(), failure.bytes());
    } else {
      again(Duration.ZERO);
    }
  }

  private void failed(ApiOutcome.Failed<?> failure, ByteBuffer bytes) throws InterruptedException {
    if (Thread.interrupted()) {
      // The task stops: a request that was broken off says nothing about the blob.
      throw new InterruptedException();
    }
    Instant now = connection.now();
    // Counted, not timed: what is behind this blob in the queue may have been read before it
    // failed.
    boolean feedReads = feed.activity().blobsRead() > blobsReadBefore;
    boolean throttled = failure.kind() == ApiOutcome.Kind.THROTTLED;
    boolean concernsFeed = !throttled && FailurePolicy.concernsFeed(failure.kind());
    boolean feedWorks = feedReads || (concernsFeed && feed.activity().isListedThoughRefused(now));
    // A quota that is exceeded again and again lets a blob through now and then: reported all the
    // same.
    int inARow =
        throttled || (concernsFeed && !feedReads)
            ? feed.health().failed(FeedHealth.Part.RETRIEVAL, failure, now)
            : 1;
    if (throttled || (concernsFeed && !feedWorks)) {
      fetch.forgetAttempt();
      // Its own: all that are retrieved at the same time would wait as long as the last of them.
      refusals++;
      inARow = Math.min(inARow, refusals);
    }
    if (failure.kind() == ApiOutcome.Kind.NOT_SUBSCRIBED) {
      feed.health().doubtSubscription();
    }
    FailurePolicy.Verdict verdict =
        FailurePolicy.decide(
            failure,
            new FailurePolicy.Circumstances(
                fetch.attempts(),
                inARow,
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
      retriever.takeRoom(fetch, end.heldBytes());
    }
    fetch.ended(end);
  }

  private void park(ApiOutcome.Failed<?> failure, ByteBuffer bytes, Instant retryAt)
      throws InterruptedException {
    LOG.warn(
        "Feed {}: blob {} is parked after {} attempts and tried again at {}: {}",
        feed.id(),
        fetch.blob().contentId(),
        fetch.attempts(),
        retryAt,
        failure.reason());
    String cause =
        failure.code().isEmpty()
            ? failure.kind().name()
            : failure.kind().name() + "/" + failure.code();
    ParkedBlob parkedBlob =
        new ParkedBlob(
            fetch.blob(),
            fetch.nextIndex(),
            fetch.lastEventId(),
            fetch.deadLettered(),
            fetch.attempts(),
            retryAt,
            cause,
            fetch.replay());
    ended(new BlobEnd.Parked(parkedBlob, failure, bytes));
  }

  private Scheduler scheduler() {
    return tools.scheduler();
  }

  private void again(Duration pause) {
    scheduler().after(pause, Runnable::run, () -> connection.slots().submit(this));
  }
}
