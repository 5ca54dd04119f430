package io.github.auditstream.connect.office365.transforms;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** A transform's configuration, in which a key that is set to null counts as not set. */
class TransformConfig extends AbstractConfig {

  /** Refuses lists with an element that is empty, which a stray comma makes. */
  static final ConfigDef.Validator NON_BLANK =
      ConfigDef.LambdaValidator.with(
          TransformConfig::ensureNonBlank, () -> "a list without empty elements");

  /**
   * Parses and validates it, without the rules between keys.
   *
   * @throws ConfigException if a value is none that its key takes
   */
  TransformConfig(ConfigDef definition, Map<String, ?> configs) {
    super(definition, withoutNulls(configs), false);
  }

  static void ensureNonBlank(String key, @Nullable Object value) {
    if (value instanceof List<?> list
        && list.stream().anyMatch(element -> String.valueOf(element).isBlank())) {
      throw new ConfigException(key, value, "has an empty element; remove the stray comma");
    }
  }

  private static Map<String, ?> withoutNulls(Map<String, ?> configs) {
    Map<String, Object> set = new HashMap<>(configs);
    set.values().removeIf(Objects::isNull);
    return set;
  }
}
