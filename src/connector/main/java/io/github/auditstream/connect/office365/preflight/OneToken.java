package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.auth.AccessToken;
import io.github.auditstream.connect.office365.auth.TokenSource;
import java.util.concurrent.CompletableFuture;

/**
 * Asks for a token once. It is fresh, so another would be refused as well, and a configuration that
 * is wrong for six questions must not cost six tokens.
 */
public record OneToken(TokenSource tokens) implements TokenSource {
  @Override
  public CompletableFuture<AccessToken> token() {
    return tokens.token();
  }

  @Override
  public CompletableFuture<AccessToken> instead(AccessToken refused) {
    return CompletableFuture.completedFuture(refused);
  }
}
