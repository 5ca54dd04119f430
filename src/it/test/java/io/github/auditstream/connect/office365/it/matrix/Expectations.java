package io.github.auditstream.connect.office365.it.matrix;

import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.Rule;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a row is to end otherwise than with every event in its topic. For one thread. */
final class Expectations {
  private final Map<String, Loss> losses = new HashMap<>();
  private final Map<String, Set<Integer>> refusals = new HashMap<>();
  private int refusedEntries;
  private final Set<Rule> rules = EnumSet.noneOf(Rule.class);

  /**
   * A blob that ends in the dead letters.
   *
   * @param cause the dead letter's {@code Cause}
   * @param code its {@code Code}; null for none
   */
  record Loss(String cause, @Nullable String code) {}

  void lost(PublishedBlob blob, Loss loss) {
    losses.put(blob.contentId(), loss);
  }

  void refused(PublishedBlob blob, int index) {
    refusals.computeIfAbsent(blob.contentId(), any -> new HashSet<>()).add(index);
  }

  void refusedEntries(int entries) {
    refusedEntries += entries;
  }

  int refusedEntries() {
    return refusedEntries;
  }

  void breaks(Rule rule) {
    rules.add(rule);
  }

  Optional<Loss> lossOf(String contentId) {
    return Optional.ofNullable(losses.get(contentId));
  }

  Set<Integer> refusedOf(String contentId) {
    return refusals.getOrDefault(contentId, Set.of());
  }

  Rule[] rules() {
    return rules.toArray(Rule[]::new);
  }
}
