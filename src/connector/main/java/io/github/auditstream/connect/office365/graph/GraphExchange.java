package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.http.Answer;
import java.util.concurrent.CompletableFuture;

/** A link in the chain that a request goes through. Safe for many threads. */
interface GraphExchange {
  /**
   * Sends the call, or ends it here. No thread waits for the answer.
   *
   * @return how it ended; completes exceptionally only where the caller stops, or at a bug of our
   *     own
   */
  CompletableFuture<ApiOutcome<Answer>> send(GraphCall call);
}
