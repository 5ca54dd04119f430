package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.config.CommonKeys;
import io.github.auditstream.connect.office365.http.Answer;
import io.github.auditstream.connect.office365.http.OwnHost;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * Lets only requests to the configured management host pass. Addresses come from the server, and
 * with each request goes a token: one must never reach another host.
 */
record OwnHostOnly(URI root, Exchange next) implements Exchange {
  @Override
  public CompletableFuture<ApiOutcome<Answer>> send(Call call) {
    return host(root).is(call.uri())
        ? next.send(call)
        : CompletableFuture.completedFuture(
            call.failed(ApiOutcome.Kind.MALFORMED, host(root).refusal(call.uri()) + "."));
  }

  /** The management endpoint, by its root. */
  static OwnHost host(URI root) {
    return new OwnHost(root, "management endpoint", CommonKeys.MANAGEMENT_ENDPOINT.key());
  }
}
