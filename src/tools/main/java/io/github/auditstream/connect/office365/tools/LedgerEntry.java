package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.status.HistoryStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An entry of the history's ledger, read back.
 *
 * @param tenant empty text for a file
 * @param span empty for a file, and for a tenant without slices
 * @param recordTypes that a slice is limited to, as text; empty text for all
 * @param file empty text for others
 * @param queryId empty text before the first query
 * @param slices of a tenant: all that there are; else 0
 * @param left of a tenant: those that are neither done nor given up; else 0
 */
record LedgerEntry(
    HistoryStatus.Kind kind,
    String tenant,
    Optional<HistoryStatus.Span> span,
    String recordTypes,
    String file,
    String state,
    Instant time,
    String queryId,
    long records,
    long deadLetters,
    long slices,
    long left,
    Optional<String> reason) {

  static LedgerEntry of(Fields fields) {
    return new LedgerEntry(
        kind(fields),
        fields.find("Tenant").orElse(""),
        fields.find("From").isPresent()
            ? Optional.of(new HistoryStatus.Span(fields.time("From"), fields.time("Until")))
            : Optional.empty(),
        fields.find("RecordTypes").orElse(""),
        fields.find("File").orElse(""),
        fields.text("State"),
        fields.time("Time"),
        fields.find("QueryId").orElse(""),
        fields.number("Records"),
        fields.number("DeadLetters"),
        number(fields, "Slices"),
        Math.max(
            0,
            number(fields, "Slices")
                - number(fields, "SlicesDone")
                - number(fields, "SlicesIncomplete")),
        fields.find("Reason"));
  }

  private static long number(Fields fields, String name) {
    return fields.find(name).isPresent() ? fields.number(name) : 0;
  }

  private static HistoryStatus.Kind kind(Fields fields) {
    String name = fields.text("Kind");
    return Stream.of(HistoryStatus.Kind.values())
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new ToolException(fields.where() + " has an unknown Kind"));
  }

  boolean isSlice() {
    return kind == HistoryStatus.Kind.SLICE && span.isPresent();
  }

  boolean is(String wanted) {
    return state.equals(wanted);
  }

  Instant from() {
    return span.orElseThrow().from();
  }

  Instant until() {
    return span.orElseThrow().until();
  }

  /** The day that the slice is in; none is longer. */
  LocalDate day() {
    return LocalDate.ofInstant(from(), ZoneOffset.UTC);
  }

  /** Whether the other one covers some of the same. */
  boolean overlaps(LedgerEntry other) {
    return from().isBefore(other.until())
        && other.from().isBefore(until())
        && (recordTypes.equals(other.recordTypes)
            || recordTypes.isEmpty()
            || other.recordTypes.isEmpty());
  }

  /** Whether the other one may be one of this one's parts, or a part's part. */
  boolean holds(LedgerEntry other) {
    return !other.from().isBefore(from())
        && !other.until().isAfter(until())
        && !other.equals(this)
        && (recordTypes.equals(other.recordTypes)
            ? other.from().isAfter(from()) || other.until().isBefore(until())
            : other.recordTypes.length() != recordTypes.length());
  }

  /** The slice for people. */
  String text() {
    return "the slice from "
        + from()
        + " until "
        + until()
        + (recordTypes.isEmpty() ? "" : " of the record types " + recordTypes);
  }
}
