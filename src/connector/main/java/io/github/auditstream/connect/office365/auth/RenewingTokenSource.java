package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.http.Causes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the current token, renews it ahead of its end, and lets callers that need a new one at the
 * same time share one request and its outcome.
 */
final class RenewingTokenSource implements TokenSource {
  /** Entra ID's tokens live for 60 to 90 minutes; MSAL renews them as early. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  /** A token that ends within this is of no use to a request that starts now. */
  private static final Duration LAST_MOMENT = Duration.ofSeconds(30);

  /** The pause after a renewal that failed while the token still serves. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Callable<AccessToken> request;
  private final Executor executor;
  private final Clock clock;

  private final Object lock = new Object();
  private @Nullable AccessToken current; // guarded by lock
  private Instant renewFrom = Instant.MIN; // guarded by lock
  private @Nullable CompletableFuture<AccessToken> renewal; // guarded by lock
  private @Nullable TokenException wantsToBeLeftAlone; // guarded by lock
  private Instant leftAloneUntil = Instant.MIN; // guarded by lock

  /**
   * @param request asks for a new token, past every cache; throws a {@link TokenException} if there
   *     is none
   * @param executor runs token requests, which wait for their answers
   */
  RenewingTokenSource(Callable<AccessToken> request, Executor executor, Clock clock) {
    this.request = request;
    this.executor = executor;
    this.clock = clock;
  }

  /** While Entra ID asked to be left alone, a token that still serves is used to its end. */
  @Override
  public CompletableFuture<AccessToken> token() {
    return atHandOrRenewed(
        now -> {
          AccessToken usable = usableAt(now);
          return now.isBefore(renewFrom) || renewal != null || isLeftAlone(now) ? usable : null;
        },
        shared -> shared.exceptionally(this::usableDespite));
  }

  /**
   * The refused token stays current until there is another one: it can be good for all but this
   * caller, as where one content type lacks a permission.
   */
  @Override
  public CompletableFuture<AccessToken> instead(AccessToken refused) {
    return atHandOrRenewed(
        now -> {
          AccessToken usable = usableAt(now);
          return usable == refused ? null : usable;
        },
        CompletableFuture::copy);
  }

  /**
   * A token that is there, or the one of a renewal that all callers share.
   *
   * @param atHand the token that is there at a time, if any; called with the lock held
   * @param handedOut what a caller gets of the renewal
   */
  private CompletableFuture<AccessToken> atHandOrRenewed(
      Function<Instant, @Nullable AccessToken> atHand,
      UnaryOperator<CompletableFuture<AccessToken>> handedOut) {
    CompletableFuture<AccessToken> shared;
    boolean first;
    synchronized (lock) {
      Instant now = clock.instant();
      AccessToken token = atHand.apply(now);
      if (token != null) {
        return CompletableFuture.completedFuture(token);
      }
      if (isLeftAlone(now)) {
        return refusal(now);
      }
      first = renewal == null;
      shared = renewal == null ? new CompletableFuture<>() : renewal;
      renewal = shared;
    }
    if (first) {
      renew(shared);
    }
    return handedOut.apply(shared);
  }

  /** A renewal that fails does no harm while the token still serves. */
  private AccessToken usableDespite(Throwable failure) {
    synchronized (lock) {
      AccessToken usable = usableAt(clock.instant());
      if (usable != null) {
        return usable;
      }
    }
    throw new CompletionException(Causes.of(failure));
  }

  /** Entra ID asked to be left alone ({@code Retry-After}), and the time is not over. */
  private boolean isLeftAlone(Instant now) {
    // By a clock that has leapt back it could be for ever.
    return now.isBefore(leftAloneUntil)
        && wantsToBeLeftAlone != null
        && wantsToBeLeftAlone
            .serverAsks()
            .filter(asked -> !now.plus(asked).isBefore(leftAloneUntil))
            .isPresent();
  }

  private CompletableFuture<AccessToken> refusal(Instant now) {
    TokenException why = Objects.requireNonNull(wantsToBeLeftAlone);
    return CompletableFuture.failedFuture(why.askingFor(Duration.between(now, leftAloneUntil)));
  }

  private @Nullable AccessToken usableAt(Instant now) {
    AccessToken token = current;
    return token != null && now.isBefore(token.expiresOn().minus(lastMoment(token, now)))
        ? token
        : null;
  }

  private static Duration lastMoment(AccessToken token, Instant now) {
    Duration left = Duration.between(now, token.expiresOn());
    return left.compareTo(LAST_MOMENT) > 0 ? LAST_MOMENT : Duration.ZERO;
  }

  private void renew(CompletableFuture<AccessToken> mine) {
    try {
      executor.execute(() -> ask(mine));
    } catch (RuntimeException | Error e) {
      // The task stops, or no thread can be had: whoever waits must hear of it.
      ended(mine, e);
    }
  }

  private void ask(CompletableFuture<AccessToken> mine) {
    try {
      AccessToken token = request.call();
      synchronized (lock) {
        current = token;
        renewFrom = token.expiresOn().minus(ahead(token));
        renewal = null;
      }
      mine.complete(token);
    } catch (TokenException e) {
      Instant again = clock.instant().plus(PAUSE);
      synchronized (lock) {
        renewFrom = again.isAfter(renewFrom) ? again : renewFrom;
        wantsToBeLeftAlone = e;
        leftAloneUntil = clock.instant().plus(e.serverAsks().orElse(Duration.ZERO));
      }
      ended(mine, e);
    } catch (Throwable e) {
      ended(mine, e);
    }
  }

  private void ended(CompletableFuture<AccessToken> mine, Throwable why) {
    synchronized (lock) {
      renewal = null;
    }
    mine.completeExceptionally(why);
  }

  private Duration ahead(AccessToken token) {
    Duration half = Duration.between(clock.instant(), token.expiresOn()).dividedBy(2);
    return half.compareTo(AHEAD) < 0 ? half : AHEAD;
  }
}
