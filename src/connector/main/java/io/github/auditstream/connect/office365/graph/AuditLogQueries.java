package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Audit log queries of one tenant. Every operation is one request; two, if the token is refused and
 * a fresh one is tried, or if v1.0 is not served and beta is tried. None waits and none repeats:
 * the caller asks {@link #budget} first, and decides by the outcome.
 *
 * <p>Safe for many threads. Owns no thread.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/security-auditlogquery">
 *     auditLogQuery</a>
 */
public interface AuditLogQueries {
  /** The application permission for queries of every kind of record. */
  String PERMISSION = "AuditLogsQuery.Read.All";

  /**
   * {@code POST /security/auditLog/queries}. Not idempotent, and counted against a quota that the
   * whole tenant shares: where {@link #mayHaveBeenCreated} holds, look for the name with a {@link
   * QueryListing} before creating it again. {@code THROTTLED} is no matter of the rate: the tenant
   * has too many queries.
   */
  CompletableFuture<ApiOutcome<AuditQuery>> create(NewQuery query);

  /** {@code GET /security/auditLog/queries}: the first page. */
  CompletableFuture<ApiOutcome<QueryPage>> list();

  /** A further page of the list. */
  CompletableFuture<ApiOutcome<QueryPage>> nextList(GraphVersion version, URI nextPage);

  /**
   * {@code GET /security/auditLog/queries/{id}}. {@code GONE} where it does not exist any more; any
   * other failure says nothing about the query, which is asked for again.
   */
  CompletableFuture<ApiOutcome<AuditQuery>> status(QueryRef query);

  /**
   * {@code GET /security/auditLog/queries/{id}/records}: a page of records while it arrives, in no
   * order. The caller closes it.
   *
   * @param nextPage as the page before gave it; empty for the first
   */
  CompletableFuture<ApiOutcome<RecordPage>> records(QueryRef query, Optional<URI> nextPage);

  /**
   * {@code DELETE /security/auditLog/queries/{id}}, which beta alone serves, without documentation.
   * That it is gone already is success.
   */
  CompletableFuture<ApiOutcome<QueryRef>> delete(QueryRef query);

  /** Says when to send the next request. */
  UnitBudget budget();

  /** Server time minus local time, to a second or so; zero before the first answer. */
  Duration serverClockSkew();

  /** Whether a failure says that neither version serves audit log queries to the tenant. */
  static boolean isNotServed(ApiOutcome.Failed<?> failure) {
    return failure.kind() == ApiOutcome.Kind.BAD_REQUEST && failure.status() == 404;
  }

  /** Whether a failure says that the tenant's auditing is off. */
  static boolean isAuditingOff(ApiOutcome.Failed<?> failure) {
    return failure.code().equals(GraphErrorBody.AUDITING_OFF);
  }

  /** Whether a failure says that the application lacks the permission, or says nothing else. */
  static boolean isPermissionMissing(ApiOutcome.Failed<?> failure) {
    return failure.code().equals(GraphErrorBody.NO_PERMISSION)
        || (failure.kind() == ApiOutcome.Kind.FORBIDDEN
            && failure.status() == 403
            && !failure.code().equalsIgnoreCase(GraphErrorTable.BLOCKED_BY_POLICY)
            && !isAuditingOff(failure));
  }

  /** Whether a create that failed so can have made a query all the same. */
  static boolean mayHaveBeenCreated(ApiOutcome.Failed<?> failure) {
    return switch (failure.kind()) {
      case UNAVAILABLE, MALFORMED -> true;
      case THROTTLED, UNAUTHORISED, FORBIDDEN, NOT_SUBSCRIBED, EXPIRED, GONE, BAD_REQUEST -> false;
    };
  }
}
