package io.github.auditstream.connect.office365.simulator;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects breaches and notes. Thread-safe and bounded; the counts go on where the list ends. */
final class Breaches {
  private static final int KEPT = 10_000;

  private final Clock clock;
  private final List<Breach> kept = new ArrayList<>();
  private final Map<Rule, Long> counts = new EnumMap<>(Rule.class);
  private final Map<String, Long> notes = new TreeMap<>();

  Breaches(Clock clock) {
    this.clock = clock;
  }

  synchronized void add(Rule rule, String sentence) {
    counts.merge(rule, 1L, Long::sum);
    if (kept.size() < KEPT) {
      kept.add(new Breach(rule, clock.instant(), sentence));
    }
  }

  synchronized void note(String sentence) {
    notes.merge(sentence, 1L, Long::sum);
  }

  synchronized List<Breach> all() {
    return List.copyOf(kept);
  }

  synchronized Map<Rule, Long> counts() {
    return Map.copyOf(counts);
  }

  synchronized Map<String, Long> notes() {
    return Map.copyOf(notes);
  }
}
