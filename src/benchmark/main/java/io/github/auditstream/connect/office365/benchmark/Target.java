package io.github.auditstream.connect.office365.benchmark;

import java.util.Locale;

/**
 * What is expected of one figure, and what it was in this run.
 *
 * @param what the figure, in words
 * @param measured its value
 * @param bound where it may be at most or must be at least
 * @param atMost whether the bound is an upper one
 */
record Target(String what, double measured, double bound, boolean atMost) {
  static Target atMost(String what, double measured, double bound) {
    return new Target(what, measured, bound, true);
  }

  static Target atLeast(String what, double measured, double bound) {
    return new Target(what, measured, bound, false);
  }

  boolean met() {
    return atMost ? measured <= bound : measured >= bound;
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%-8s %-86s %,12.2f (%s %,.2f)",
        met() ? "met" : "NOT MET",
        what,
        measured,
        atMost ? "at most" : "at least",
        bound);
  }
}
