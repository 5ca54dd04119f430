package io.github.auditstream.connect.office365.config;

import java.time.Duration;
import java.util.List;

/**
 * How audit log queries are made.
 *
 * @param version the version of Microsoft Graph
 * @param recordTypes to ask for; none for all
 * @param creationsPerDay how many queries of a tenant are created within 24 hours
 * @param concurrency how many queries of a tenant are under way at once
 * @param stuckAfter a query that has not ended by then is given up
 * @param firstPoll the pause before a query's status is asked for
 * @param pageSize how many records a page is asked to hold
 */
public record QuerySettings(
    ApiVersion version,
    List<String> recordTypes,
    int creationsPerDay,
    int concurrency,
    Duration stuckAfter,
    Duration firstPoll,
    int pageSize) {
  public QuerySettings {
    recordTypes = List.copyOf(recordTypes);
  }
}
