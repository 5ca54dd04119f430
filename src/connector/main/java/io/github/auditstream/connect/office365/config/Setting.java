package io.github.auditstream.connect.office365.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * One key: all that validation, documentation and user interfaces need to know of it.
 *
 * @param group where it is documented
 * @param key without a tenant's prefix
 * @param defaultText what holds if the key is absent or empty; null for nothing
 * @param recommended values for user interfaces to offer
 * @param onlyWith without what it does not matter; null if it always does
 * @param rule reads the text
 * @param <T> the value's type
 */
public record Setting<T>(
    Group group,
    String key,
    String displayName,
    Importance importance,
    String documentation,
    @Nullable String defaultText,
    List<String> recommended,
    @Nullable Owner onlyWith,
    Rule<T> rule) {

  /**
   * A setting that others depend on.
   *
   * @param value that it must have; empty text for any
   */
  record Owner(Setting<?> setting, String value) {
    boolean isIn(Map<String, Object> parsed) {
      String text = setting.asText(parsed.get(setting.key()));
      return value.isEmpty() ? !text.isEmpty() : text.equalsIgnoreCase(value);
    }
  }

  boolean dependsOn(Setting<?> other) {
    return onlyWith != null && onlyWith.setting().equals(other);
  }

  /**
   * Defines it.
   *
   * @param order its place in the documentation
   * @param dependents keys that only matter with this one
   */
  void defineIn(ConfigDef definition, int order, List<String> dependents) {
    Width width =
        switch (rule.type()) {
          case INT, LONG -> Width.SHORT;
          case LIST -> Width.LONG;
          default -> Width.MEDIUM;
        };
    definition.define(
        key,
        rule.type(),
        defaultText,
        ConfigDef.LambdaValidator.with(this::ensureValid, rule::validValues),
        importance,
        documentation,
        group.title(),
        order,
        width,
        displayName,
        dependents,
        new KnownValues());
  }

  /** Applies the rule to what Kafka parsed. */
  private void ensureValid(String name, @Nullable Object value) {
    String text = asText(value);
    if (!text.isEmpty()) {
      try {
        rule.read(text);
      } catch (InvalidValueException e) {
        throw new ConfigException(name + " " + e.getMessage() + ".");
      }
    }
  }

  /** The text of a value that Kafka parsed; empty for none. */
  private String asText(@Nullable Object value) {
    return value instanceof Password password
        ? password.value()
        : Objects.requireNonNullElse(ConfigDef.convertToString(value, rule.type()), "");
  }

  private final class KnownValues implements ConfigDef.Recommender {
    @Override
    public List<Object> validValues(String name, Map<String, Object> parsed) {
      return new ArrayList<>(recommended);
    }

    @Override
    public boolean visible(String name, Map<String, Object> parsed) {
      return onlyWith == null || onlyWith.isIn(parsed);
    }
  }
}
