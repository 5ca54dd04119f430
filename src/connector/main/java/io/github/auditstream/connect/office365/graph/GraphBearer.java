package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.auth.AccessToken;
import io.github.auditstream.connect.office365.auth.TokenException;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.http.Answer;
import io.github.auditstream.connect.office365.http.Causes;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Puts the token and a {@code client-request-id} on. A refused token is replaced once: a permission
 * that was granted after it was issued is only in a fresh one.
 */
record GraphBearer(
    TokenSource tokens, UnitBudget budget, Supplier<UUID> requestIds, GraphExchange next)
    implements GraphExchange {
  private static final int HTTP_UNAUTHORISED = 401;

  @Override
  public CompletableFuture<ApiOutcome<Answer>> send(GraphCall call) {
    return withToken(
        call,
        tokens.token(),
        token ->
            sent(call, token)
                .thenCompose(
                    outcome ->
                        refusesTheToken(outcome)
                            ? withToken(
                                call,
                                tokens.instead(token),
                                fresh -> again(call, token, fresh, outcome))
                            : CompletableFuture.completedFuture(outcome)));
  }

  private CompletableFuture<ApiOutcome<Answer>> sent(GraphCall call, AccessToken token) {
    return next.send(call.with(token, requestIds.get()));
  }

  private CompletableFuture<ApiOutcome<Answer>> again(
      GraphCall call, AccessToken refused, AccessToken fresh, ApiOutcome<Answer> outcome) {
    if (fresh == refused) {
      return CompletableFuture.completedFuture(outcome);
    }
    // Sent without waiting, since only callers wait; those that come after pay for it.
    budget.reserve();
    return sent(call, fresh);
  }

  private static CompletableFuture<ApiOutcome<Answer>> withToken(
      GraphCall call,
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

  private static ApiOutcome<AccessToken> noToken(GraphCall call, Throwable error) {
    Throwable why = Causes.of(error);
    if (why instanceof TokenException e) {
      ApiOutcome.Kind kind =
          switch (e.kind()) {
            case REFUSED -> ApiOutcome.Kind.UNAUTHORISED;
            case UNAVAILABLE -> ApiOutcome.Kind.UNAVAILABLE;
          };
      String message = e.getMessage();
      return call.failed(
          kind,
          0,
          e.code().orElse(""),
          message == null ? "no token from Microsoft Entra ID" : message,
          e.serverAsks());
    }
    throw new CompletionException(why);
  }

  private static boolean refusesTheToken(ApiOutcome<Answer> outcome) {
    return outcome instanceof ApiOutcome.Failed<Answer> failed
        && (failed.status() == HTTP_UNAUTHORISED
            || failed.code().equals(GraphErrorBody.NO_PERMISSION));
  }
}
