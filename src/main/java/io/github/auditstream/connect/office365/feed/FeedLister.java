package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.ContentPage;
import io.github.auditstream.connect.office365.api.RetrySchedule;
import io.github.auditstream.connect.office365.api.Subscription;
import io.github.auditstream.connect.office365.status.FeedStatus;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists a feed's content for ever: sees to the subscription, catches up window by window, then
 * follows the live edge. One request a turn; turns follow one another and never overlap, so the
 * fields need no lock.
 *
 * <p>A round goes from where the feed is incomplete up to now. At the live edge most rounds look
 * back a few minutes; every tenth looks back over the whole overlap, for blobs that became visible
 * late.
 */
final class FeedLister {
  private static final Logger LOG = LoggerFactory.getLogger(FeedLister.class);

  /** While so many blobs wait, no further window is listed. */
  static final int MOST_WAITING = 2_000;

  private static final Duration BACKLOG_PAUSE = Duration.ofMillis(100);
  private static final Duration EDGE = Duration.ofMinutes(10);
  private static final int ROUNDS_TO_A_LONG_LOOK = 10;
  private static final RetrySchedule TROUBLE =
      new RetrySchedule(Duration.ofSeconds(1), 2, Duration.ofMinutes(5));

  /** What passes by itself is over sooner than what a person must mend. */
  private static final RetrySchedule OUTAGE =
      new RetrySchedule(Duration.ofSeconds(1), 2, Duration.ofMinutes(1));

  /** The reference page asks for a quarter of an hour between two starts of a subscription. */
  private static final Duration BETWEEN_STARTS = Duration.ofMinutes(15);

  /** The server tells its time in whole seconds, and the answer took a while. */
  private static final Duration CLOCKS_AGREE = Duration.ofMinutes(1);

  private static final String BAD_PAGE_TOKEN = "AF20031";

  private enum Phase {
    CHECK,
    START,
    LIST
  }

  /**
   * A listing up to a fixed time.
   *
   * @param longLook whether it looks back over the whole overlap
   */
  private record Round(Instant cursor, Instant until, boolean longLook) {}

  private final Feed feed;
  private final TenantLine line;
  private final FeedTools tools;
  private final AtomicBoolean subscriptionDoubtful = new AtomicBoolean();

  private Phase phase = Phase.CHECK;
  private Instant lastStart = Instant.MIN;
  private boolean ownClockBegan;
  private int checksInVain;
  private long rounds;
  private int failuresInARow;
  private @Nullable Round round;
  private @Nullable ListingWindow window;
  private @Nullable URI page;

  /**
   * @param ownClockBegan whether the feed begins now, by this machine's clock
   */
  FeedLister(Feed feed, TenantLine line, FeedTools tools, boolean ownClockBegan) {
    this.feed = feed;
    this.line = line;
    this.tools = tools;
    this.ownClockBegan = ownClockBegan;
  }

  void start() {
    next(Duration.ZERO);
  }

  /** A retrieval was told that there is no subscription: look before the next listing. */
  void doubtSubscription() {
    subscriptionDoubtful.set(true);
  }

  private void next(Duration pause) {
    tools.after(pause, Runnable::run, this::prepare);
  }

  private void prepare() {
    boolean newWindow = phase == Phase.LIST && window == null && !subscriptionDoubtful.get();
    if (newWindow && feed.waitingBlobs() >= MOST_WAITING) {
      next(BACKLOG_PAUSE);
      return;
    }
    if (newWindow && !planWindow()) {
      return;
    }
    line.whenAllowed(tools, tools.listing(), this::turn);
  }

  private void turn() {
    try {
      if (subscriptionDoubtful.getAndSet(false)) {
        phase = Phase.CHECK;
      }
      switch (phase) {
        case CHECK -> check();
        case START -> startSubscription();
        case LIST -> list();
      }
    } catch (InterruptedException e) {
      // The task stops; nothing is in hand that would have to be kept.
      Thread.currentThread().interrupt();
    }
  }

  private void check() throws InterruptedException {
    ApiOutcome<List<Subscription>> outcome = line.api().subscriptions();
    if (outcome instanceof ApiOutcome.Ok<List<Subscription>> answer) {
      line.succeeded();
      String wanted = feed.id().contentType().apiName();
      FeedStatus.Subscription subscription =
          answer.value().stream()
              .filter(has -> has.contentType().equals(wanted))
              .findFirst()
              .map(
                  has ->
                      has.enabled()
                          ? FeedStatus.Subscription.ENABLED
                          : FeedStatus.Subscription.DISABLED)
              .orElse(FeedStatus.Subscription.MISSING);
      boolean enabled = subscription == FeedStatus.Subscription.ENABLED;
      feed.health().subscription(subscription);
      checksInVain = enabled ? 0 : checksInVain + 1;
      Duration sinceStart = Duration.between(lastStart, line.now());
      if (!enabled && sinceStart.compareTo(BETWEEN_STARTS) < 0) {
        // Another may start it meanwhile, and then it must not be started again.
        next(OUTAGE.delay(checksInVain, tools.random().getAsDouble(), Optional.empty()));
      } else {
        phase = enabled ? Phase.LIST : Phase.START;
        next(Duration.ZERO);
      }
    } else if (outcome instanceof ApiOutcome.Failed<List<Subscription>> failure) {
      next(trouble(failure));
    }
  }

  private void startSubscription() throws InterruptedException {
    Instant startBefore = lastStart;
    lastStart = line.now();
    LOG.info(
        "Feed {}: the subscription is {}; starting it",
        feed.id(),
        feed.health().subscription().name().toLowerCase(Locale.ROOT));
    ApiOutcome<Subscription> outcome = line.api().start(feed.id().contentType());
    if (outcome instanceof ApiOutcome.Ok<Subscription>) {
      line.succeeded();
      feed.health().subscription(FeedStatus.Subscription.ENABLED);
      phase = Phase.LIST;
      next(Duration.ZERO);
    } else if (outcome instanceof ApiOutcome.Failed<Subscription> failure) {
      phase = Phase.CHECK;
      if (wasNoStart(failure)) {
        lastStart = startBefore;
      }
      next(trouble(failure));
    }
  }

  /** Without a connection, a token or the permission it has not come to a start. */
  private static boolean wasNoStart(ApiOutcome.Failed<?> failure) {
    return switch (failure.kind()) {
      case UNAUTHORISED, FORBIDDEN -> true;
      default -> failure.status() == 0;
    };
  }

  /** Decides on the next window; where there is none now, waits for the next round. */
  private boolean planWindow() {
    if (ownClockBegan) {
      ownClockBegan = false;
      beginByTheServersClock();
    }
    Instant now = line.now();
    Round going = round;
    if (going == null) {
      boolean longLook = rounds % ROUNDS_TO_A_LONG_LOOK == 0;
      going = new Round(roundStart(longLook), now, longLook);
    }
    reportGap(going, now);
    Optional<ListingWindow> planned = ListingWindow.between(going.cursor(), going.until(), now);
    if (planned.isEmpty()) {
      round = null;
      rounds++;
      next(tools.settings().pollInterval());
      return false;
    }
    round = going;
    window = planned.get();
    return true;
  }

  /**
   * Now, at the first listing, it is known: a first start must neither skip content nor miss any.
   */
  private void beginByTheServersClock() {
    Duration skew = line.api().serverClockSkew();
    if (skew.abs().compareTo(CLOCKS_AGREE) > 0) {
      LOG.warn(
          "Feed {}: the server's clock is {} s {} this machine's; the feed begins by the server's."
              + " Set the clock.",
          feed.id(),
          skew.abs().toSeconds(),
          skew.isNegative() ? "behind" : "ahead of");
      feed.moveBeginning(skew);
    }
  }

  /** A task that was away for longer than the API keeps content has missed some, and says so. */
  private void reportGap(Round going, Instant now) {
    Instant listedUntil = feed.state().listedUntil();
    // What the last run had listed and not read is listed anew; what this one has is still in hand.
    Instant known = rounds == 0 ? feed.state().readUntil() : listedUntil;
    Instant unlisted = known.isAfter(going.cursor()) ? known : going.cursor();
    Instant earliest = ListingWindow.earliestStart(now);
    if (unlisted.isBefore(earliest)) {
      feed.skipExpired(unlisted, earliest);
    }
  }

  private Instant roundStart(boolean longLook) {
    FeedState state = feed.state();
    if (rounds == 0) {
      return state.completeUntil();
    }
    Duration overlap = tools.settings().overlap();
    Duration edge = overlap.compareTo(EDGE) < 0 ? overlap : EDGE;
    Instant start =
        longLook ? feed.lookedBackUntil().minus(overlap) : state.listedUntil().minus(edge);
    return start.isBefore(state.completeUntil()) ? state.completeUntil() : start;
  }

  private void list() throws InterruptedException {
    ListingWindow going = window;
    if (going == null) {
      next(Duration.ZERO);
      return;
    }
    URI following = page;
    if (following == null && !going.canBeAsked(line.now())) {
      // It has waited so long for the quota that it would be refused.
      window = null;
      next(Duration.ZERO);
      return;
    }
    ApiOutcome<ContentPage> outcome =
        following == null
            ? line.api().content(feed.id().contentType(), going.start(), going.end())
            : line.api().nextPage(feed.id().contentType(), following);
    if (outcome instanceof ApiOutcome.Ok<ContentPage> answer) {
      line.succeeded();
      feed.admit(answer.value().blobs());
      page = answer.value().nextPage().orElse(null);
      if (page == null) {
        well();
        finishWindow(going);
      }
      next(Duration.ZERO);
    } else if (outcome instanceof ApiOutcome.Failed<ContentPage> failure) {
      listingFailed(failure);
    }
  }

  private void finishWindow(ListingWindow done) {
    feed.listedUntil(done.end());
    Round going = round;
    if (going != null) {
      if (going.longLook()) {
        feed.lookedBackUntil(done.end());
      }
      round = new Round(done.end(), going.until(), going.longLook());
    }
    window = null;
  }

  /** The window is listed again from its first page: half a listing proves nothing. */
  private void listingFailed(ApiOutcome.Failed<ContentPage> failure) throws InterruptedException {
    page = null;
    window = null;
    if (failure.kind() == ApiOutcome.Kind.NOT_SUBSCRIBED) {
      feed.health().subscription(FeedStatus.Subscription.UNKNOWN);
      phase = Phase.CHECK;
    }
    boolean pageExpired = failure.code().equals(BAD_PAGE_TOKEN);
    Duration pause = trouble(failure);
    next(pageExpired && failuresInARow == 1 ? Duration.ZERO : pause);
  }

  private void well() {
    line.succeeded();
    feed.health().well(FeedHealth.Part.LISTING);
    tools.wakeUp().wake();
  }

  private Duration trouble(ApiOutcome.Failed<?> failure) throws InterruptedException {
    if (Thread.interrupted()) {
      // The task stops: a request that was broken off is no trouble of the feed's.
      throw new InterruptedException();
    }
    failuresInARow = feed.health().trouble(FeedHealth.Part.LISTING, failure, line.now());
    tools.wakeUp().wake();
    if (failure.kind() == ApiOutcome.Kind.THROTTLED) {
      // The quota spaces out what follows by itself.
      return Duration.ZERO;
    }
    RetrySchedule schedule = failure.kind() == ApiOutcome.Kind.UNAVAILABLE ? OUTAGE : TROUBLE;
    return schedule.delay(failuresInARow, tools.random().getAsDouble(), failure.serverAsks());
  }
}
