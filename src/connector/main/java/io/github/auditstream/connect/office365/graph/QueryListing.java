package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.http.PageTrail;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks through all queries of the tenant for those of one name, page by page: whether a create
 * whose answer was lost had come through. {@code $top} is not honoured on this list. Ends also
 * where the pages lead round in a circle; after a failure it begins again. Not safe for many
 * threads.
 */
public final class QueryListing {
  private final Predicate<String> names;
  private final List<AuditQuery> found = new ArrayList<>();
  private @Nullable URI page;
  private PageTrail trail = new PageTrail();
  private GraphVersion version = GraphVersion.V1;

  /**
   * @param displayName the name that the query was created with
   */
  public QueryListing(String displayName) {
    this(displayName::equals);
  }

  /**
   * For several names.
   *
   * @param names which names to look for
   */
  public QueryListing(Predicate<String> names) {
    this.names = names;
  }

  /** Asks for the page that is due, the first one to begin with. */
  public CompletableFuture<ApiOutcome<QueryPage>> ask(AuditLogQueries graph) {
    URI following = page;
    if (following == null) {
      trail = new PageTrail();
      found.clear();
      return graph.list();
    }
    return trail.comesBackWith(following)
        ? CompletableFuture.completedFuture(inACircle())
        : graph.nextList(version, following);
  }

  private static ApiOutcome<QueryPage> inACircle() {
    return new ApiOutcome.Failed<>(
        ApiOutcome.Kind.MALFORMED,
        200,
        "",
        "the pages of the list of audit log queries come to no end, or lead back to one that was"
            + " read before (@odata.nextLink). The list is read again later",
        Optional.empty());
  }

  /**
   * A page has come.
   *
   * @return whether it was the last
   */
  public boolean arrived(QueryPage answer) {
    version = answer.version();
    answer.queries().stream()
        .filter(query -> names.test(query.displayName().strip()))
        .forEach(found::add);
    page = answer.nextPage().orElse(null);
    return page == null;
  }

  /** From the first page again. */
  public void restart() {
    page = null;
  }

  /** Those of the name, in the order listed; more than one where answers were lost repeatedly. */
  public List<AuditQuery> found() {
    return List.copyOf(found);
  }
}
