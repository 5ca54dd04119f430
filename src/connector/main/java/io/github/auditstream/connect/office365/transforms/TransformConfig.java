package io.github.auditstream.connect.office365.transforms;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** A transform's configuration, in which a key that is set to null counts as not set. */
class TransformConfig extends AbstractConfig {

  /**
   * Parses and validates it, without the rules between keys.
   *
   * @throws ConfigException if a value is none that its key takes
   */
  TransformConfig(ConfigDef definition, Map<String, ?> configs) {
    super(definition, withoutNulls(configs), false);
  }

  private static Map<String, ?> withoutNulls(Map<String, ?> configs) {
    Map<String, Object> set = new HashMap<>(configs);
    set.values().removeIf(Objects::isNull);
    return set;
  }
}
