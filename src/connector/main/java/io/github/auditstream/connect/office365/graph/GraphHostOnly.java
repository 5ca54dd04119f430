package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.config.CommonKeys;
import io.github.auditstream.connect.office365.http.Answer;
import io.github.auditstream.connect.office365.http.OwnHost;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** Lets only requests to the configured Graph host pass, since a token goes with each. */
record GraphHostOnly(OwnHost host, GraphExchange next) implements GraphExchange {

  @Override
  public CompletableFuture<ApiOutcome<Answer>> send(GraphCall call) {
    return host.is(call.uri())
        ? next.send(call)
        : CompletableFuture.completedFuture(
            call.failed(ApiOutcome.Kind.MALFORMED, host.refusal(call.uri()) + "."));
  }

  /** The Graph endpoint, by its root. */
  static OwnHost host(URI root) {
    return new OwnHost(root, "Graph endpoint", CommonKeys.GRAPH_ENDPOINT.key());
  }
}
