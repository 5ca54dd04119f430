package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.auth.AccessToken;
import io.github.auditstream.connect.office365.config.CommonKeys;
import io.github.auditstream.connect.office365.http.ConnectionFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One request on its way to the wire.
 *
 * @param operation what is asked
 * @param uri the whole address
 * @param tenantId whose audit log
 * @param queryId of which query, where the operation has one
 * @param body the JSON to send, where the operation has one
 * @param bearer the token to send
 * @param clientRequestId our own name for the request, which Microsoft's support finds it by
 * @param caller what the caller waits for: when it is cancelled, the request is broken off
 */
record GraphCall(
    GraphOperation operation,
    URI uri,
    UUID tenantId,
    Optional<String> queryId,
    Optional<String> body,
    Optional<AccessToken> bearer,
    Optional<UUID> clientRequestId,
    CompletableFuture<?> caller) {

  static GraphCall of(GraphOperation operation, URI uri, UUID tenantId) {
    return new GraphCall(
        operation,
        uri,
        tenantId,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new CompletableFuture<>());
  }

  GraphCall about(QueryRef query) {
    return new GraphCall(
        operation, uri, tenantId, Optional.of(query.id()), body, bearer, clientRequestId, caller);
  }

  GraphCall sending(String json) {
    return new GraphCall(
        operation, uri, tenantId, queryId, Optional.of(json), bearer, clientRequestId, caller);
  }

  GraphCall with(AccessToken token, UUID requestId) {
    return new GraphCall(
        operation,
        uri,
        tenantId,
        queryId,
        body,
        Optional.of(token),
        Optional.of(requestId),
        caller);
  }

  GraphCall awaitedBy(CompletableFuture<?> waiting) {
    return new GraphCall(operation, uri, tenantId, queryId, body, bearer, clientRequestId, waiting);
  }

  /**
   * A failure of this call on the way.
   *
   * @param status of the answer that had begun well; 0 where none came
   */
  <T> ApiOutcome.Failed<T> broken(int status, IOException e) {
    return new ApiOutcome.Failed<>(
        ApiOutcome.Kind.UNAVAILABLE,
        status,
        "",
        place()
            + ": "
            + ConnectionFailure.describe(e, uri.getHost(), CommonKeys.GRAPH_ENDPOINT.key()),
        Optional.empty(),
        Optional.of(ConnectionFailure.of(e)));
  }

  /** A failure of this call without an answer that caused it. */
  <T> ApiOutcome.Failed<T> failed(ApiOutcome.Kind kind, String what) {
    return failed(kind, 0, "", what, Optional.empty());
  }

  /** A failure of this call; its reason begins with what was asked, for whom. */
  <T> ApiOutcome.Failed<T> failed(
      ApiOutcome.Kind kind, int status, String code, String what, Optional<Duration> serverAsks) {
    return new ApiOutcome.Failed<>(kind, status, code, place() + ": " + what, serverAsks);
  }

  private String place() {
    StringBuilder place = new StringBuilder(operation.words()).append(" (tenant ").append(tenantId);
    queryId.ifPresent(id -> place.append(", query ").append(id));
    clientRequestId.ifPresent(id -> place.append(", client-request-id ").append(id));
    return place.append(')').toString();
  }
}
