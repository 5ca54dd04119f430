package io.github.auditstream.connect.office365.history;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * A part of the history that one audit log query covers: a span of event times of a tenant, and all
 * record types or some.
 *
 * @param tenant the tenant's id
 * @param from the beginning, in whole seconds
 * @param until the end, itself not included, in whole seconds
 * @param recordTypes as Microsoft Graph writes them; none for all
 */
public record Slice(String tenant, Instant from, Instant until, List<String> recordTypes) {
  private static final String SLICE = "slice";

  /** No span is made shorter: a query of less than some minutes brings no relief. */
  static final Duration SHORTEST = Duration.ofMinutes(2);

  public Slice {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("a slice must not be empty");
    }
    recordTypes = List.copyOf(recordTypes);
  }

  /** Its name within the tenant, such as {@code 2026-05-04T00:00:00Z/2026-05-05T00:00:00Z}. */
  String name() {
    String span = from + "/" + until;
    return recordTypes.isEmpty() ? span : span + "/" + RecordTypeLists.name(recordTypes);
  }

  /** The key of its ledger records. */
  String key() {
    return tenant + "/" + name();
  }

  Map<String, String> sourcePartition() {
    return SourcePartitions.of(tenant, SLICE, name());
  }

  Duration length() {
    return Duration.between(from, until);
  }

  /**
   * The smaller slices that cover the same where this one is too much for a query: two of half the
   * time or, where it is short already, two of half the record types. None where it cannot be
   * smaller. Always the same.
   */
  List<Slice> parts() {
    if (length().compareTo(SHORTEST.multipliedBy(2)) >= 0) {
      Instant middle = from.plus(length().dividedBy(2)).truncatedTo(ChronoUnit.SECONDS);
      return List.of(
          new Slice(tenant, from, middle, recordTypes),
          new Slice(tenant, middle, until, recordTypes));
    }
    return RecordTypeLists.halves(recordTypes).stream()
        .map(types -> new Slice(tenant, from, until, types))
        .toList();
  }

  /** Whether its parts leave something out: the record types that nobody has documented. */
  boolean partsLeaveOut() {
    return recordTypes.isEmpty() && length().compareTo(SHORTEST.multipliedBy(2)) < 0;
  }
}
