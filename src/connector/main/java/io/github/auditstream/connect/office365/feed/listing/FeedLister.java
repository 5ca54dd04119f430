package io.github.auditstream.connect.office365.feed.listing;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.ContentPage;
import io.github.auditstream.connect.office365.api.RetrySchedule;
import io.github.auditstream.connect.office365.feed.tenant.FeedHealth;
import io.github.auditstream.connect.office365.feed.tenant.RequestSlots;
import io.github.auditstream.connect.office365.feed.tenant.Scheduler;
import io.github.auditstream.connect.office365.feed.tenant.TenantConnection;
import io.github.auditstream.connect.office365.status.FeedStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lists a feed's content for ever: sees to the subscription, catches up window by window, then
 * follows the live edge. One request a turn, and no thread waits for its answer; turns follow one
 * another and never overlap, so the fields need no lock.
 */
public final class FeedLister implements SubscriptionKeeper.Loop {
  /** Until it is looked again whether there is room for more. */
  private static final Duration BACKLOG_PAUSE = Duration.ofMillis(100);

  /** The same where what takes the room is tried again in half a minute at the earliest. */
  private static final Duration UNREADABLE_PAUSE = Duration.ofSeconds(10);

  /** While there is no room and the API has answered nothing well for so long, it is asked. */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  private static final RetrySchedule PROBLEM =
      new RetrySchedule(Duration.ofSeconds(1), 2, Duration.ofMinutes(5));

  /** What passes by itself is over sooner than what a person must fix. */
  static final RetrySchedule OUTAGE =
      new RetrySchedule(Duration.ofSeconds(1), 2, Duration.ofMinutes(1));

  /** While there is no room and blobs are refused, a listing shows whether the feed is. */
  private static final Duration EVIDENCE_WITHIN = Duration.ofMinutes(1);

  private final ListingTarget feed;
  private final TenantConnection connection;
  private final ListingTools tools;
  private final Listing live;
  private final Listing backlog;
  private final SuspectEntries liveSuspects = new SuspectEntries();
  private final SuspectEntries backlogSuspects = new SuspectEntries();
  private final RequestSlots.Share share;
  private final Turn request = new Turn();
  private final SubscriptionKeeper subscription;

  private Listing listing;
  private Instant nextRoundAt = Instant.MIN;
  private boolean isSpread;
  private boolean listsForEvidence;
  private int failuresInARow;

  /**
   * @param ownClockBegan whether the feed begins now, by this machine's clock
   */
  public FeedLister(
      ListingTarget feed, TenantConnection connection, ListingTools tools, boolean ownClockBegan) {
    this.feed = feed;
    this.connection = connection;
    this.tools = tools;
    int wantedBlobs = Math.max(1, tools.mostWaiting() / 2);
    this.live =
        new Listing(new LiveRounds(feed, connection, tools.settings(), ownClockBegan), wantedBlobs);
    this.backlog = new Listing(new BacklogListing(feed), wantedBlobs);
    this.listing = live;
    this.share = tools.requests().share();
    this.subscription = new SubscriptionKeeper(feed, connection, tools.random());
  }

  public void start() {
    next(Duration.ZERO);
  }

  @Override
  public void next(Duration pause) {
    tools.scheduler().after(pause, Runnable::run, this::prepare);
  }

  private void prepare() {
    if (!subscription.isDue()) {
      Instant now = connection.now();
      switch (chooseListing(now)) {
        case YES -> {}
        case NO_ROOM -> {
          listsForEvidence =
              feed.activity().listingWantedSince().isBefore(now.minus(EVIDENCE_WITHIN));
          if (!listsForEvidence && connection.succeededSince(now.minus(SILENCE))) {
            next(feed.isFullOfUnreadable() ? UNREADABLE_PAUSE : BACKLOG_PAUSE);
            return;
          }
          // All that is retrieved fails: whether the API answers otherwise distinguishes the blobs'
          // own failures from an outage.
          if (!listsForEvidence) {
            feed.health().doubtSubscription();
          }
        }
        case NOTHING_TO_LIST -> {
          Duration pause = Duration.between(now, nextRoundAt);
          nextRoundAt = Instant.MIN;
          next(pause);
          return;
        }
      }
    }
    connection.whenAllowed(tools.scheduler(), share, request);
  }

  /** The live edge goes before what was left for later. */
  private Listing.Ready chooseListing(Instant now) {
    Duration pollInterval = tools.settings().pollInterval();
    boolean clockWentBack = nextRoundAt.isAfter(now.plus(pollInterval));
    if (clockWentBack || !now.isBefore(nextRoundAt)) {
      listing = live;
      Listing.Ready ready = live.prepare(now);
      if (ready != Listing.Ready.NOTHING_TO_LIST) {
        return ready;
      }
      nextRoundAt = now.plus(untilNextRound(pollInterval));
    }
    listing = backlog;
    return backlog.prepare(now);
  }

  /**
   * Feeds that began together are spread over the interval with their second round, so that not all
   * are listed at once, each over a connection of its own.
   */
  private Duration untilNextRound(Duration pollInterval) {
    if (isSpread) {
      return pollInterval;
    }
    isSpread = true;
    return Duration.ofNanos((long) (pollInterval.toNanos() * tools.random().getAsDouble()));
  }

  private final class Turn implements RequestSlots.Request {
    @Override
    public boolean isDue() {
      return false;
    }

    @Override
    public void send(RequestSlots.Slot slot) {
      tools.scheduler().after(Duration.ZERO, tools.scheduler().listing(), () -> turn(slot));
    }
  }

  private void turn(RequestSlots.Slot slot) {
    if (subscription.isDue()) {
      subscription.turn(slot, this);
    } else if (listsForEvidence) {
      listsForEvidence = false;
      listForEvidence(slot);
    } else {
      list(slot);
    }
  }

  @Override
  public <T> void await(
      RequestSlots.Slot slot,
      CompletableFuture<ApiOutcome<T>> answer,
      SubscriptionKeeper.Consequence<T> then) {
    Scheduler scheduler = tools.scheduler();
    var unused =
        answer.whenComplete(
            (outcome, error) ->
                scheduler.after(
                    Duration.ZERO,
                    scheduler.listing(),
                    () -> answered(slot, outcome, error, then)));
  }

  private static <T> void answered(
      RequestSlots.Slot slot,
      ApiOutcome<T> outcome,
      @Nullable Throwable error,
      SubscriptionKeeper.Consequence<T> then) {
    if (error != null) {
      throw new IllegalStateException("the API could not be asked", error);
    }
    slot.release(RequestSlots.isAnswer(outcome));
    try {
      then.of(outcome);
    } catch (InterruptedException e) {
      // The task stops; nothing is in hand that would have to be kept.
      Thread.currentThread().interrupt();
    }
  }

  private void list(RequestSlots.Slot slot) {
    Optional<ListingWindow> window = listing.window(connection.now());
    if (window.isEmpty()) {
      slot.giveBack();
      next(Duration.ZERO);
      return;
    }
    ListingWindow asked = window.get();
    await(
        slot,
        listing.ask(connection.api(), feed.id().contentType(), asked),
        outcome -> listed(outcome, asked));
  }

  private void listed(ApiOutcome<ContentPage> outcome, ListingWindow window)
      throws InterruptedException {
    if (outcome instanceof ApiOutcome.Ok<ContentPage> answer) {
      connection.succeeded();
      arrived(suspects().sift(answer.value(), window), window);
    } else if (outcome instanceof ApiOutcome.Failed<ContentPage> failure) {
      if (failure.kind() == ApiOutcome.Kind.MALFORMED) {
        // What cannot be read can be less in a shorter one.
        listing.shorten();
      }
      listingFailed(failure);
    }
  }

  /** Asks for the latest content, for which there is no room, and only looks whether it may. */
  private void listForEvidence(RequestSlots.Slot slot) {
    Instant until = connection.now().truncatedTo(ChronoUnit.SECONDS);
    await(
        slot,
        connection.api().content(feed.id().contentType(), until.minus(EVIDENCE_WITHIN), until),
        this::listedForEvidence);
  }

  private void listedForEvidence(ApiOutcome<ContentPage> outcome) throws InterruptedException {
    if (outcome instanceof ApiOutcome.Ok<ContentPage>) {
      feed.activity().listed(connection.now());
      succeeded();
      next(Duration.ZERO);
    } else if (outcome instanceof ApiOutcome.Failed<ContentPage> failure) {
      listingFailed(failure);
    }
  }

  /** Of the listing that goes on: the other one's windows come in between. */
  private SuspectEntries suspects() {
    return listing == live ? liveSuspects : backlogSuspects;
  }

  /** Good entries are admitted at once, the others once it is sure that they stay so. */
  private void arrived(ContentPage page, ListingWindow window) throws InterruptedException {
    SuspectEntries suspects = suspects();
    int taken = feed.admit(page.blobs());
    if (suspects.add(feed.unknown(page.refused(), window))) {
      listing.shorten();
      listingFailed(suspects.tooMany());
      return;
    }
    if (page.nextPage().isEmpty()) {
      Optional<ApiOutcome.Failed<ContentPage>> suspect = suspects.decide(connection.now());
      if (suspect.isPresent()) {
        listingFailed(suspect.get());
        return;
      }
      feed.refuse(suspects.take(), window);
    }
    if (listing.arrived(page, taken)) {
      succeeded();
    }
    next(Duration.ZERO);
  }

  private void listingFailed(ApiOutcome.Failed<ContentPage> failure) throws InterruptedException {
    if (listing.failed(failure)) {
      next(Duration.ZERO);
      return;
    }
    if (failure.kind() == ApiOutcome.Kind.NOT_SUBSCRIBED) {
      feed.health().subscription(FeedStatus.Subscription.UNKNOWN);
      subscription.check();
    }
    boolean pageExpired = Listing.isPageExpired(failure);
    Duration pause = failed(failure);
    next(pageExpired && failuresInARow == 1 ? Duration.ZERO : pause);
  }

  private void succeeded() {
    connection.succeeded();
    feed.health().succeeded(FeedHealth.Part.LISTING);
    if (feed.health().hasChanged()) {
      tools.wakeUp().wake();
    }
  }

  @Override
  public Duration failed(ApiOutcome.Failed<?> failure) throws InterruptedException {
    if (Thread.interrupted()) {
      // The task stops: a request that was broken off is no failure of the feed's.
      throw new InterruptedException();
    }
    failuresInARow = feed.health().failed(FeedHealth.Part.LISTING, failure, connection.now());
    tools.wakeUp().wake();
    if (failure.kind() == ApiOutcome.Kind.THROTTLED) {
      // The quota spaces out what follows by itself.
      return Duration.ZERO;
    }
    RetrySchedule schedule = failure.kind() == ApiOutcome.Kind.UNAVAILABLE ? OUTAGE : PROBLEM;
    return schedule.delay(failuresInARow, tools.random().getAsDouble(), failure.serverAsks());
  }
}
