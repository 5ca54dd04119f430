package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.config.CatchUpOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Cuts spans of event times into slices, and says in which order they are read. */
final class SlicePlan {
  /** Before the end of all: what the live connector may still be about to send. */
  private static final Duration READ_LAST = Duration.ofDays(2);

  private static final Duration LONGEST = Duration.ofDays(1);

  private SlicePlan() {}

  /** A span of event times, the end not included. */
  record Span(Instant from, Instant until) {
    Span {
      from = from.truncatedTo(ChronoUnit.SECONDS);
      Instant second = until.truncatedTo(ChronoUnit.SECONDS);
      until = second.equals(until) ? until : second.plusSeconds(1);
    }

    /** The days that it touches, whole. */
    Span wholeDays() {
      Instant last = until.truncatedTo(ChronoUnit.DAYS);
      return new Span(
          from.truncatedTo(ChronoUnit.DAYS), last.equals(until) ? last : last.plus(LONGEST));
    }
  }

  /** The slices of a span: days in UTC, the first and last as far as they belong to it. */
  static List<Slice> slices(String tenant, Span span, List<String> recordTypes) {
    List<Slice> slices = new ArrayList<>();
    Instant from = span.from();
    while (from.isBefore(span.until())) {
      Instant nextDay = from.truncatedTo(ChronoUnit.DAYS).plus(LONGEST);
      Instant until = nextDay.isBefore(span.until()) ? nextDay : span.until();
      slices.add(new Slice(tenant, from, until, recordTypes));
      from = until;
    }
    return slices;
  }

  /** In the order in which they are read, each once. */
  static List<Slice> inOrder(List<Slice> slices, CatchUpOrder order) {
    Set<Slice> all = new LinkedHashSet<>(slices);
    Instant end = all.stream().map(Slice::until).max(Comparator.naturalOrder()).orElse(Instant.MIN);
    Comparator<Slice> byTime = Comparator.comparing(Slice::from).thenComparing(Slice::name);
    Comparator<Slice> inTime = order == CatchUpOrder.NEWEST_FIRST ? byTime.reversed() : byTime;
    return all.stream()
        .sorted(Comparator.comparing((Slice slice) -> isLast(slice, end)).thenComparing(inTime))
        .toList();
  }

  private static boolean isLast(Slice slice, Instant end) {
    return slice.until().isAfter(end.minus(READ_LAST));
  }
}
