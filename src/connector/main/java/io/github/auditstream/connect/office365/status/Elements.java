package io.github.auditstream.connect.office365.status;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Some elements of a content blob's array, by index from 0: single ones, ranges, and all from one
 * on. As text {@code 3,5-9,20-}, ends included. Immutable.
 */
public final class Elements {
  /** So many separate ranges are a text that still fits a source offset. */
  public static final int MOST_RANGES = 200;

  private static final long OPEN = Long.MAX_VALUE;
  private static final Pattern ITEM = Pattern.compile("(\\d{1,18})(-(\\d{1,18})?)?");
  private static final Elements NONE = new Elements(List.of());

  /** From an index up to the one before {@code until}. */
  private record Range(long from, long until) {
    boolean isOpen() {
      return until == OPEN;
    }

    String text() {
      if (isOpen()) {
        return from + "-";
      }
      return until == from + 1 ? Long.toString(from) : from + "-" + (until - 1);
    }
  }

  /** In order; they neither overlap nor touch. */
  private final List<Range> ranges;

  private Elements(List<Range> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  public static Elements none() {
    return NONE;
  }

  /** One element. */
  public static Elements at(long index) {
    return new Elements(List.of(new Range(index, index + 1)));
  }

  /** All elements from an index on. */
  public static Elements from(long index) {
    return new Elements(List.of(new Range(index, OPEN)));
  }

  /** What at least one of the given ones has. */
  public static Elements union(Iterable<Elements> all) {
    List<Range> ranges = new ArrayList<>();
    all.forEach(some -> ranges.addAll(some.ranges));
    return joined(ranges);
  }

  /**
   * Reads what {@link #text()} wrote, in any order.
   *
   * @throws IllegalArgumentException if it is anything else, empty, or more than {@link
   *     #MOST_RANGES} ranges
   */
  public static Elements parse(String text) {
    List<Range> ranges = new ArrayList<>();
    for (String item : text.split(",", -1)) {
      Matcher matcher = ITEM.matcher(item.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException("elements are written as in 3,5-9,20-");
      }
      long from = Long.parseLong(matcher.group(1));
      boolean single = matcher.group(2) == null;
      boolean open = !single && matcher.group(3) == null;
      long last = single || open ? from : Long.parseLong(matcher.group(3));
      if (last < from) {
        throw new IllegalArgumentException("a range of elements ends before it begins");
      }
      ranges.add(new Range(from, open ? OPEN : last + 1));
    }
    Elements read = joined(ranges);
    if (read.ranges.size() > MOST_RANGES) {
      throw new IllegalArgumentException("more than " + MOST_RANGES + " ranges of elements");
    }
    return read;
  }

  private static Elements joined(List<Range> some) {
    List<Range> sorted = new ArrayList<>(some);
    sorted.sort(Comparator.comparingLong(Range::from));
    List<Range> joined = new ArrayList<>();
    for (Range range : sorted) {
      int last = joined.size() - 1;
      if (last >= 0 && range.from() <= joined.get(last).until()) {
        Range before = joined.get(last);
        joined.set(last, new Range(before.from(), Math.max(before.until(), range.until())));
      } else {
        joined.add(range);
      }
    }
    return new Elements(joined);
  }

  /** As {@code 3,5-9,20-}; empty text for none. */
  public String text() {
    return ranges.stream().map(Range::text).collect(Collectors.joining(","));
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  public boolean contains(long index) {
    return ranges.stream().anyMatch(range -> range.from() <= index && index < range.until());
  }

  /** The lowest index; empty if there is none. */
  public OptionalLong first() {
    return ranges.isEmpty() ? OptionalLong.empty() : OptionalLong.of(ranges.get(0).from());
  }

  /** How long a blob is at least that these indexes were taken from. */
  public long leastLength() {
    if (ranges.isEmpty()) {
      return 0;
    }
    Range last = ranges.get(ranges.size() - 1);
    return last.isOpen() ? last.from() : last.until();
  }

  /** How many of them lie before the index. */
  public long countBefore(long index) {
    return ranges.stream()
        .mapToLong(range -> Math.max(0, Math.min(range.until(), index) - range.from()))
        .sum();
  }

  /** Those that the others do not have. */
  public Elements without(Elements others) {
    List<Range> left = new ArrayList<>();
    for (Range range : ranges) {
      long from = range.from();
      for (Range gone : others.ranges) {
        if (gone.until() > from && gone.from() < range.until()) {
          if (gone.from() > from) {
            left.add(new Range(from, gone.from()));
          }
          from = gone.until();
        }
      }
      if (from < range.until()) {
        left.add(new Range(from, range.until()));
      }
    }
    return new Elements(left);
  }

  /** Those that do not lie before the index. */
  public Elements notBefore(long index) {
    return index <= 0 ? this : without(new Elements(List.of(new Range(0, index))));
  }

  /** All but the lowest ones. */
  public Elements withoutLowest(long count) {
    List<Range> left = new ArrayList<>();
    long toDrop = count;
    for (Range range : ranges) {
      long length = range.until() - range.from();
      if (toDrop < length) {
        left.add(new Range(range.from() + toDrop, range.until()));
      }
      toDrop = Math.max(0, toDrop - length);
    }
    return new Elements(left);
  }

  /** The lowest ranges, where there are more than {@link #MOST_RANGES}. */
  public Elements lowestRanges() {
    return ranges.size() <= MOST_RANGES ? this : new Elements(ranges.subList(0, MOST_RANGES));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Elements that && ranges.equals(that.ranges);
  }

  @Override
  public int hashCode() {
    return ranges.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
