package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.auth.AccessToken;
import io.github.auditstream.connect.office365.auth.TokenException;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.http.Causes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Puts the token on. A refused one is replaced once: a role or a consent that came after it was
 * issued is only in a fresh one. What is refused then is an outcome, not a loop.
 */
record Bearer(TokenSource tokens, Quota quota, Exchange next) implements Exchange {
  private static final int HTTP_UNAUTHORISED = 401;

  @Override
  public CompletableFuture<ApiOutcome<Answer>> send(Call call) {
    return withToken(
        call,
        tokens.token(),
        token ->
            next.send(call.with(token))
                .thenCompose(
                    outcome ->
                        refusesTheToken(outcome)
                            ? withToken(
                                call,
                                tokens.instead(token),
                                fresh -> again(call, token, fresh, outcome))
                            : CompletableFuture.completedFuture(outcome)));
  }

  private static CompletableFuture<ApiOutcome<Answer>> withToken(
      Call call,
      CompletableFuture<AccessToken> wanted,
      Function<AccessToken, CompletableFuture<ApiOutcome<Answer>>> sending) {
    return wanted
        .<ApiOutcome<AccessToken>>handle(
            (token, error) -> error == null ? new ApiOutcome.Ok<>(token) : noToken(call, error))
        .thenCompose(
            outcome ->
                outcome instanceof ApiOutcome.Ok<AccessToken> given
                    ? sending.apply(given.value())
                    : CompletableFuture.completedFuture(
                        ((ApiOutcome.Failed<AccessToken>) outcome).as()));
  }

  private CompletableFuture<ApiOutcome<Answer>> again(
      Call call, AccessToken refused, AccessToken fresh, ApiOutcome<Answer> outcome) {
    if (fresh == refused) {
      return CompletableFuture.completedFuture(outcome);
    }
    // Sent without waiting, since only callers wait; those that come after pay for its slot.
    quota.reserve();
    return next.send(call.with(fresh));
  }

  private static ApiOutcome<AccessToken> noToken(Call call, Throwable error) {
    Throwable why = Causes.of(error);
    if (why instanceof TokenException e) {
      return call.failed(kind(e), 0, e.code().orElse(""), message(e), e.serverAsks());
    }
    throw new CompletionException(why);
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
