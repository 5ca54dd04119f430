package io.github.auditstream.connect.office365.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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

  private final TokenRequest request;
  private final Clock clock;

  private final Object lock = new Object();
  private @Nullable AccessToken current; // guarded by lock
  private Instant renewFrom = Instant.MIN; // guarded by lock
  private @Nullable CompletableFuture<AccessToken> flight; // guarded by lock

  RenewingTokenSource(TokenRequest request, Clock clock) {
    this.request = request;
    this.clock = clock;
  }

  @Override
  public AccessToken token() throws TokenException {
    CompletableFuture<AccessToken> joined;
    boolean first;
    synchronized (lock) {
      Instant now = clock.instant();
      AccessToken usable = usableAt(now);
      if (usable != null && (now.isBefore(renewFrom) || flight != null)) {
        return usable;
      }
      first = flight == null;
      joined = board();
    }
    try {
      return first ? fly(joined) : await(joined);
    } catch (TokenException e) {
      return usableDespite(e);
    }
  }

  /** A renewal that fails does no harm while the token still serves. */
  private AccessToken usableDespite(TokenException why) throws TokenException {
    synchronized (lock) {
      AccessToken usable = usableAt(clock.instant());
      if (usable != null) {
        return usable;
      }
    }
    throw why;
  }

  /**
   * The refused token stays current until there is another one: it can be good for all but this
   * caller, as where one content type lacks a permission.
   */
  @Override
  public AccessToken instead(AccessToken refused) throws TokenException {
    CompletableFuture<AccessToken> joined;
    boolean first;
    synchronized (lock) {
      AccessToken usable = usableAt(clock.instant());
      if (usable != null && usable != refused) {
        return usable;
      }
      first = flight == null;
      joined = board();
    }
    return first ? fly(joined) : await(joined);
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

  private CompletableFuture<AccessToken> board() {
    CompletableFuture<AccessToken> joined = flight;
    if (joined == null) {
      joined = new CompletableFuture<>();
      flight = joined;
    }
    return joined;
  }

  private AccessToken fly(CompletableFuture<AccessToken> mine) throws TokenException {
    try {
      AccessToken token = request.send();
      synchronized (lock) {
        current = token;
        renewFrom = token.expiresOn().minus(ahead(token));
        flight = null;
      }
      mine.complete(token);
      return token;
    } catch (TokenException e) {
      Instant again = clock.instant().plus(PAUSE);
      synchronized (lock) {
        flight = null;
        renewFrom = again.isAfter(renewFrom) ? again : renewFrom;
      }
      mine.completeExceptionally(e);
      throw e;
    } catch (Throwable e) {
      synchronized (lock) {
        flight = null;
      }
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private Duration ahead(AccessToken token) {
    Duration half = Duration.between(clock.instant(), token.expiresOn()).dividedBy(2);
    return half.compareTo(AHEAD) < 0 ? half : AHEAD;
  }

  private static AccessToken await(CompletableFuture<AccessToken> flight) throws TokenException {
    try {
      return flight.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TokenException why) {
        throw why;
      }
      throw new IllegalStateException("the token request failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TokenException(
          TokenException.Kind.UNAVAILABLE, null, "interrupted while waiting for a token", e);
    }
  }
}
