package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.auth.AccessToken;
import io.github.auditstream.connect.office365.auth.TokenException;
import io.github.auditstream.connect.office365.auth.TokenSource;
import java.util.Optional;

/**
 * Puts the token on. A refused one is replaced once: a role or a consent that came after it was
 * issued is only in a fresh one. What is refused then is an outcome, not a loop.
 */
final class Bearer implements Exchange {
  private static final int HTTP_UNAUTHORISED = 401;

  private final TokenSource tokens;
  private final Quota quota;
  private final Exchange next;

  Bearer(TokenSource tokens, Quota quota, Exchange next) {
    this.tokens = tokens;
    this.quota = quota;
    this.next = next;
  }

  @Override
  public ApiOutcome<Answer> send(Call call) throws InterruptedException {
    try {
      AccessToken token = tokens.token();
      ApiOutcome<Answer> outcome = next.send(call.with(token));
      if (!refusesTheToken(outcome)) {
        return outcome;
      }
      AccessToken fresh = tokens.instead(token);
      if (fresh == token) {
        return outcome;
      }
      // Sent without waiting, since only callers wait; those that come after pay for its slot.
      quota.reserve();
      return next.send(call.with(fresh));
    } catch (TokenException e) {
      return call.failed(kind(e), 0, e.code().orElse(""), message(e), Optional.empty());
    }
  }

  private static boolean refusesTheToken(ApiOutcome<Answer> outcome) {
    return outcome instanceof ApiOutcome.Failed<Answer> failed
        && (failed.status() == HTTP_UNAUTHORISED || failed.code().equals(ErrorTable.NO_ROLE));
  }

  private static ApiOutcome.Kind kind(TokenException e) {
    return switch (e.kind()) {
      case REFUSED -> ApiOutcome.Kind.UNAUTHORISED;
      case UNAVAILABLE -> ApiOutcome.Kind.UNAVAILABLE;
    };
  }

  private static String message(TokenException e) {
    String message = e.getMessage();
    return message == null ? "no token from Microsoft Entra ID" : message;
  }
}
