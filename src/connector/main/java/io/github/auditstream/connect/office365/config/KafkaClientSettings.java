package io.github.auditstream.connect.office365.config;

import java.util.Map;

/** Placeholder until merged. */
public record KafkaClientSettings(Map<String, Object> consumer) {
  static final KafkaClientSettings NONE = new KafkaClientSettings(Map.of());
}
