package io.github.auditstream.connect.office365.benchmark;

import java.util.Collection;
import java.util.List;

/**
 * The distribution of a measured value; NaN where there is none.
 *
 * @param count how many values there were
 */
record Samples(int count, double median, double p99, double largest) {
  static Samples of(Collection<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return new Samples(sorted.size(), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1.0));
  }

  /** The value that so large a part of all does not exceed. */
  private static double at(List<Double> sorted, double part) {
    int rank = (int) Math.ceil(part * sorted.size());
    return sorted.isEmpty() ? Double.NaN : sorted.get(Math.max(1, rank) - 1);
  }
}
