package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.auth.AccessToken;
import io.github.auditstream.connect.office365.config.CommonKeys;
import io.github.auditstream.connect.office365.http.ConnectionFailure;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
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
 * @param contentType of which content type, where the operation has one
 * @param contentId of which blob, where the operation has one
 * @param bearer the token to send
 * @param caller what the caller waits for: when it is cancelled, the request is broken off
 */
record Call(
    Operation operation,
    URI uri,
    UUID tenantId,
    Optional<ContentType> contentType,
    Optional<String> contentId,
    Optional<AccessToken> bearer,
    CompletableFuture<?> caller) {

  /** No content id seen is longer; what is put into a message is not the server's to decide. */
  private static final int LONGEST_ID_SHOWN = 200;

  static Call of(Operation operation, URI uri, UUID tenantId) {
    return new Call(
        operation,
        uri,
        tenantId,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new CompletableFuture<>());
  }

  Call about(ContentType type) {
    return new Call(operation, uri, tenantId, Optional.of(type), contentId, bearer, caller);
  }

  Call about(ContentBlob blob) {
    return new Call(
        operation,
        uri,
        tenantId,
        Optional.of(blob.contentType()),
        Optional.of(blob.contentId()),
        bearer,
        caller);
  }

  Call to(URI address) {
    return new Call(operation, address, tenantId, contentType, contentId, bearer, caller);
  }

  Call with(AccessToken token) {
    return new Call(operation, uri, tenantId, contentType, contentId, Optional.of(token), caller);
  }

  Call awaitedBy(CompletableFuture<?> waiting) {
    return new Call(operation, uri, tenantId, contentType, contentId, bearer, waiting);
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
            + ConnectionFailure.describe(e, uri.getHost(), CommonKeys.MANAGEMENT_ENDPOINT.key()),
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
    contentType.ifPresent(type -> place.append(", content type ").append(type.apiName()));
    contentId.ifPresent(id -> place.append(", contentId ").append(shown(id)));
    return place.append(')').toString();
  }

  private static String shown(String id) {
    String printable = id.replaceAll("[^\\x21-\\x7e]", "?");
    return printable.length() <= LONGEST_ID_SHOWN
        ? printable
        : printable.substring(0, LONGEST_ID_SHOWN) + "...";
  }
}
