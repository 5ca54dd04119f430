package io.github.auditstream.connect.office365.graph;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One page of the list of queries.
 *
 * @param version the version it was listed in
 * @param queries those of all people and applications of the tenant that this one may see
 * @param nextPage already checked to be at the configured Graph host; empty on the last page
 */
public record QueryPage(GraphVersion version, List<AuditQuery> queries, Optional<URI> nextPage) {
  public QueryPage {
    queries = List.copyOf(queries);
  }
}
