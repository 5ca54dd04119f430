package io.github.auditstream.connect.office365.feed.listing;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.Subscription;
import io.github.auditstream.connect.office365.feed.tenant.RequestSlots;
import io.github.auditstream.connect.office365.feed.tenant.TenantConnection;
import io.github.auditstream.connect.office365.status.FeedStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that a feed's content type is subscribed to, and starts the subscription where it is not.
 * Not safe for many threads.
 */
final class SubscriptionKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionKeeper.class);

  /** The reference page asks for a quarter of an hour between two starts of a subscription. */
  private static final Duration BETWEEN_STARTS = Duration.ofMinutes(15);

  private enum Phase {
    CHECK,
    START,
    ENABLED
  }

  /** What sends the requests, and goes on after them. */
  interface Loop {
    /** Goes on with the answer when it is there; no thread waits for it. */
    <T> void await(
        RequestSlots.Slot slot, CompletableFuture<ApiOutcome<T>> answer, Consequence<T> then);

    /** Makes the next request after a pause. */
    void next(Duration pause);

    /**
     * A request has failed.
     *
     * @return the pause before the next one
     */
    Duration failed(ApiOutcome.Failed<?> failure) throws InterruptedException;
  }

  /** What follows from an answer. */
  interface Consequence<T> {
    void of(ApiOutcome<T> outcome) throws InterruptedException;
  }

  private final ListingTarget feed;
  private final TenantConnection connection;
  private final DoubleSupplier random;
  private Phase phase = Phase.CHECK;
  private Instant lastStart = Instant.MIN;
  private int checksInVain;

  SubscriptionKeeper(ListingTarget feed, TenantConnection connection, DoubleSupplier random) {
    this.feed = feed;
    this.connection = connection;
    this.random = random;
  }

  /** Whether the next request is to be about the subscription. */
  boolean isDue() {
    return phase != Phase.ENABLED || feed.health().isSubscriptionDoubtful();
  }

  /** A listing was refused for want of a subscription. */
  void check() {
    phase = Phase.CHECK;
  }

  /** Makes one request about the subscription. */
  void turn(RequestSlots.Slot slot, Loop loop) {
    if (feed.health().takeSubscriptionDoubt()) {
      phase = Phase.CHECK;
    }
    if (phase == Phase.START) {
      start(slot, loop);
    } else {
      loop.await(slot, connection.api().subscriptions(), outcome -> checked(outcome, loop));
    }
  }

  private void checked(ApiOutcome<List<Subscription>> outcome, Loop loop)
      throws InterruptedException {
    if (outcome instanceof ApiOutcome.Ok<List<Subscription>> answer) {
      connection.succeeded();
      FeedStatus.Subscription subscription = subscription(answer.value());
      boolean enabled = subscription == FeedStatus.Subscription.ENABLED;
      feed.health().subscription(subscription);
      checksInVain = enabled ? 0 : checksInVain + 1;
      Duration sinceStart = Duration.between(lastStart, connection.now());
      if (!enabled && sinceStart.compareTo(BETWEEN_STARTS) < 0) {
        // Another may start it meanwhile, and then it must not be started again.
        loop.next(FeedLister.OUTAGE.delay(checksInVain, random.getAsDouble(), Optional.empty()));
      } else {
        phase = enabled ? Phase.ENABLED : Phase.START;
        loop.next(Duration.ZERO);
      }
    } else if (outcome instanceof ApiOutcome.Failed<List<Subscription>> failure) {
      loop.next(loop.failed(failure));
    }
  }

  private FeedStatus.Subscription subscription(List<Subscription> all) {
    String wanted = feed.id().contentType().apiName();
    return all.stream()
        .filter(has -> has.contentType().equals(wanted))
        .findFirst()
        .map(
            has ->
                has.enabled() ? FeedStatus.Subscription.ENABLED : FeedStatus.Subscription.DISABLED)
        .orElse(FeedStatus.Subscription.MISSING);
  }

  private void start(RequestSlots.Slot slot, Loop loop) {
    Instant startBefore = lastStart;
    lastStart = connection.now();
    LOG.info(
        "Feed {}: the subscription is {}; starting it",
        feed.id(),
        feed.health().subscription().name().toLowerCase(Locale.ROOT));
    loop.await(
        slot,
        connection.api().start(feed.id().contentType()),
        outcome -> started(outcome, startBefore, loop));
  }

  private void started(ApiOutcome<Subscription> outcome, Instant startBefore, Loop loop)
      throws InterruptedException {
    if (outcome instanceof ApiOutcome.Ok<Subscription>) {
      connection.succeeded();
      feed.health().subscription(FeedStatus.Subscription.ENABLED);
      phase = Phase.ENABLED;
      loop.next(Duration.ZERO);
    } else if (outcome instanceof ApiOutcome.Failed<Subscription> failure) {
      phase = Phase.CHECK;
      if (wasNoStart(failure)) {
        lastStart = startBefore;
      }
      loop.next(loop.failed(failure));
    }
  }

  /** Without a connection, a token or the permission it has not come to a start. */
  private static boolean wasNoStart(ApiOutcome.Failed<?> failure) {
    return switch (failure.kind()) {
      case UNAUTHORISED, FORBIDDEN -> true;
      default -> failure.status() == 0;
    };
  }
}
