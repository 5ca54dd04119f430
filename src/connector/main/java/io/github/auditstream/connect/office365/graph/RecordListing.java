package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.http.PageTrail;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The records of one query, page by page, which ends also where the pages lead round in a circle.
 * Not safe for many threads.
 */
public final class RecordListing {
  private final QueryRef query;
  private Optional<URI> page;
  private PageTrail trail = new PageTrail();

  /** From the first page. */
  public RecordListing(QueryRef query) {
    this(query, Optional.empty());
  }

  /**
   * From a page on.
   *
   * @param page the address that the page before gave
   */
  public RecordListing(QueryRef query, Optional<URI> page) {
    this.query = query;
    this.page = page;
  }

  /** Asks for the page that is due. */
  public CompletableFuture<ApiOutcome<RecordPage>> ask(AuditLogQueries graph) {
    return graph.records(query, page);
  }

  /**
   * A page has been read to its end.
   *
   * @return whether it was the last
   * @throws BrokenPageException if the pages come to no end, or lead back to one that was read
   *     before
   */
  public boolean arrived(RecordPage answer) throws BrokenPageException {
    Optional<URI> next = answer.nextPage();
    if (next.isPresent() && trail.comesBackWith(next.get())) {
      throw new BrokenPageException(
          new ApiOutcome.Failed<>(
              ApiOutcome.Kind.MALFORMED,
              200,
              "",
              "the pages of query "
                  + query.id()
                  + "'s records come to no end, or lead back to one that was read before"
                  + " (@odata.nextLink). They are read again from the first",
              Optional.empty()),
          true);
    }
    page = next;
    return next.isEmpty();
  }

  /** The address of the page that is due, to be stored; empty for the first. */
  public Optional<URI> page() {
    return page;
  }

  /** From the first page again. */
  public void restart() {
    page = Optional.empty();
    trail = new PageTrail();
  }
}
