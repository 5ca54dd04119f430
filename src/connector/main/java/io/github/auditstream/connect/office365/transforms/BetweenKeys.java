package io.github.auditstream.connect.office365.transforms;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * A rule between a key of a transform and the transform's other keys, as the key's recommender.
 *
 * <p>Before Connect validates a transform's keys it copies them one by one among the connector's,
 * so that nothing else of the transform's {@link ConfigDef} is asked, and a validator gets one
 * value. A recommender gets them all, and {@code ConfigDef} takes the {@link ConfigException} that
 * it throws for an error of the key (Kafka 3.7 to 4.3): so the configuration is refused, where
 * otherwise every task would fail.
 */
@FunctionalInterface
interface BetweenKeys extends ConfigDef.Recommender {

  /**
   * Checks the key beside the others.
   *
   * @param key its name, without the transform's prefix
   * @param values of all keys of the transform, by their names without a prefix; null is a value
   *     that could not be parsed, or none
   * @throws ConfigException if they do not go together
   */
  void ensureValid(String key, Map<String, ? extends @Nullable Object> values);

  @Override
  default List<Object> validValues(String key, Map<String, Object> values) {
    ensureValid(key, values);
    return List.of();
  }

  @Override
  default boolean visible(String key, Map<String, Object> values) {
    return true;
  }
}
