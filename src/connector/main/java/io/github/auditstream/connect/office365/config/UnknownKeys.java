package io.github.auditstream.connect.office365.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Finds keys that look like the connector's own and are not. Below {@code tenants.} nobody else has
 * keys, so there an unknown one is an error; elsewhere Connect, its converters and its transforms
 * have theirs, so only what is nearly one of ours is worth a warning.
 *
 * @param definition the connector's own keys
 */
record UnknownKeys(Definition definition) {
  private static final List<String> CONNECT_HAS =
      List.of(
          "name",
          "connector.",
          "tasks.max",
          "key.converter",
          "value.converter",
          "header.converter",
          "config.action.reload",
          "transforms",
          "predicates",
          "errors.",
          "topic.creation.",
          "exactly.once.support",
          "transaction.boundary",
          "offsets.storage.topic",
          "producer.override.",
          "consumer.override.",
          "admin.override.",
          HistoryKeys.KAFKA,
          "initial_state");

  private static final String PREFIX = CommonKeys.TENANTS.key() + ".";

  private static final int NEAR = 2;

  /** Notes every key below {@code tenants.} that has no meaning. */
  void refuse(Map<String, String> props, Values values) {
    List<String> aliases = values.find(CommonKeys.TENANTS).orElse(List.of());
    if (values.errors().has(CommonKeys.TENANTS.key())) {
      return;
    }
    props.keySet().stream()
        .filter(key -> key.startsWith(PREFIX))
        .sorted()
        .forEach(key -> refuse(key, aliases, values.errors()));
  }

  private void refuse(String key, List<String> aliases, ConfigErrors errors) {
    String rest = key.substring(PREFIX.length());
    int dot = rest.indexOf('.');
    String alias = dot < 0 ? rest : rest.substring(0, dot);
    String name = dot < 0 ? "" : rest.substring(dot + 1);
    if (!aliases.contains(alias)) {
      String fix =
          nearest(alias, aliases)
              .map(
                  near ->
                      "did you mean " + PREFIX + near + rest.substring(alias.length()) + "? Else ")
              .orElse("");
      errors.add(
          key,
          "belongs to the alias '" + alias + "', which is not in tenants",
          fix + "add the alias to tenants, or remove the key");
    } else if (!definition.tenantKeys().contains(name)) {
      String fix =
          nearest(name, definition.tenantKeys())
              .map(near -> "did you mean " + TenantKeys.ofAlias(alias, near))
              .orElse(
                  "remove it; a tenant has the keys " + String.join(", ", definition.tenantKeys()));
      errors.add(key, "is not a key of a tenant", fix);
    }
  }

  /** Keys outside {@code tenants.} that are nearly one of ours, each with that one. */
  Map<String, String> nearMisses(Map<String, String> props) {
    List<String> aliases =
        new Values(props, new ConfigErrors()).find(CommonKeys.TENANTS).orElse(List.of());
    Set<String> ours = definition.keys();
    List<String> candidates = new ArrayList<>(ours);
    for (String alias : aliases) {
      definition.tenantKeys().forEach(key -> candidates.add(TenantKeys.ofAlias(alias, key)));
    }
    Map<String, String> misses = new TreeMap<>();
    for (String key : props.keySet()) {
      boolean another =
          ours.contains(key)
              || key.startsWith(PREFIX)
              || CONNECT_HAS.stream().anyMatch(key::startsWith);
      if (!another) {
        nearest(key, candidates).ifPresent(near -> misses.put(key, near));
      }
    }
    return misses;
  }

  private static Optional<String> nearest(String key, Collection<String> candidates) {
    record Candidate(String key, int distance) {}
    return candidates.stream()
        .map(candidate -> new Candidate(candidate, distance(key, candidate)))
        .filter(
            c ->
                c.distance() <= Math.min(NEAR, c.key().length() / 3)
                    || letters(key).equals(letters(c.key())))
        .min(Comparator.comparingInt(Candidate::distance))
        .map(Candidate::key);
  }

  private static String letters(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** How many letters must be put in, taken out or changed; Levenshtein's measure. */
  private static int distance(String one, String other) {
    int[] above = IntStream.rangeClosed(0, other.length()).toArray();
    for (int row = 1; row <= one.length(); row++) {
      int[] current = new int[other.length() + 1];
      current[0] = row;
      for (int column = 1; column <= other.length(); column++) {
        int changed = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
        current[column] =
            Math.min(above[column - 1] + changed, Math.min(above[column], current[column - 1]) + 1);
      }
      above = current;
    }
    return above[other.length()];
  }
}
