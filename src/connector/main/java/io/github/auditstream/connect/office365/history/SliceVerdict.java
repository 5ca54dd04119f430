package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.graph.AuditQuery;
import java.util.OptionalLong;

/**
 * Judges whether the records that were read of a query are all there are. For one thread at a time.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/security-auditlogquery">
 *     auditLogQuery</a>
 */
final class SliceVerdict {
  /** The least that a query can hold; where nothing is said, so many are taken for too many. */
  private static final long LEAST_LIMIT = 1_000_000;

  private static final int MOST_READINGS = 3;
  private static final double CLOSE = 0.05;
  private static final int CLOSE_RECORDS = 5;

  private final AuditQuery query;
  private int readings;

  /**
   * @param query as it was when it had succeeded
   */
  SliceVerdict(AuditQuery query) {
    this.query = query;
  }

  /** The same before any reading. */
  SliceVerdict anew() {
    return new SliceVerdict(query);
  }

  /** What was found. */
  enum Kind {
    COMPLETE,
    /** Records are missing, since there are too many for one query. */
    TRUNCATED,
    /** There is reason for doubt: the pages are to be read once more. */
    READ_AGAIN,
    /** The doubt stays. */
    SUSPECT
  }

  /**
   * A finding.
   *
   * @param reason in words; empty text for a slice that is complete
   */
  record Finding(Kind kind, String reason) {}

  /**
   * Judges a reading that has come to its end.
   *
   * @param records how many different ones have come in all readings
   * @param newOnes how many of them no earlier reading had
   * @param tenantHasRecords whether other slices of the tenant have had records
   */
  Finding of(long records, long newOnes, boolean tenantHasRecords) {
    readings++;
    if (isTruncated(records)) {
      return new Finding(
          Kind.TRUNCATED,
          "the query has more records than Microsoft gives out (" + records + " came)");
    }
    if (readings > 1 && newOnes > 0) {
      return again("reading the pages again brought " + newOnes + " records more", records);
    }
    OptionalLong about = query.approximateReturnedRecordCount();
    if (about.isPresent() && records < about.getAsLong() - tolerated(about.getAsLong())) {
      return again("Microsoft tells of about " + about.getAsLong() + " records", records);
    }
    if (readings == 1 && records == 0 && about.isEmpty() && tenantHasRecords) {
      return again("other days have records", records);
    }
    return new Finding(Kind.COMPLETE, "");
  }

  private Finding again(String why, long records) {
    return readings < MOST_READINGS
        ? new Finding(Kind.READ_AGAIN, why + ", and " + records + " came")
        : new Finding(
            Kind.SUSPECT,
            why + ", and " + records + " came in " + readings + " readings; some may be missing");
  }

  /** The count is approximate; that it is not reached is reason to look once more, though. */
  private long tolerated(long about) {
    return readings == 1 ? 0 : Math.max(CLOSE_RECORDS, (long) (about * CLOSE));
  }

  private boolean isTruncated(long records) {
    if (query.recordCountLimitExceeded().isPresent()) {
      return query.recordCountLimitExceeded().get();
    }
    return records >= query.recordCountLimit().orElse(LEAST_LIMIT);
  }
}
