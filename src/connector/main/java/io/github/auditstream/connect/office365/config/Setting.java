package io.github.auditstream.connect.office365.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * One key: all that validation, documentation and user interfaces need to know of it.
 *
 * @param key without a tenant's prefix
 * @param type as Connect shows it
 * @param defaultText what holds if the key is absent or empty; null for nothing
 * @param rule reads the text
 * @param display what user interfaces make of it
 * @param <T> the value's type
 */
record Setting<T>(
    String key,
    ConfigDef.Type type,
    @Nullable String defaultText,
    Rule<T> rule,
    Importance importance,
    Width width,
    String displayName,
    String documentation,
    Display display) {

  /**
   * What user interfaces make of a key.
   *
   * @param known values to offer
   * @param dependents keys that only matter with this one
   * @param visible whether it matters in a parsed configuration
   */
  record Display(
      List<String> known, List<String> dependents, Predicate<Map<String, Object>> visible) {
    static final Display PLAIN = new Display(List.of(), List.of(), parsed -> true);
  }

  static <T> Setting<T> of(
      String key,
      ConfigDef.Type type,
      @Nullable String defaultText,
      Rule<T> rule,
      Importance importance,
      String displayName,
      String documentation) {
    Width width =
        switch (type) {
          case INT, LONG -> Width.SHORT;
          case LIST -> Width.LONG;
          default -> Width.MEDIUM;
        };
    return new Setting<>(
        key, type, defaultText, rule, importance, width, displayName, documentation, Display.PLAIN);
  }

  Setting<T> recommending(Collection<String> values) {
    return shown(new Display(List.copyOf(values), display.dependents, display.visible));
  }

  Setting<T> withDependents(String... keys) {
    return shown(new Display(display.known, List.of(keys), display.visible));
  }

  Setting<T> visibleIf(Predicate<Map<String, Object>> condition) {
    return shown(new Display(display.known, display.dependents, condition));
  }

  private Setting<T> shown(Display changed) {
    return new Setting<>(
        key, type, defaultText, rule, importance, width, displayName, documentation, changed);
  }

  void defineIn(ConfigDef definition, String group, int order) {
    definition.define(
        key,
        type,
        defaultText,
        new TextValidator(),
        importance,
        documentation,
        group,
        order,
        width,
        displayName,
        display.dependents,
        new KnownValues());
  }

  /** Applies the rule to what Kafka parsed. */
  private final class TextValidator implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
      String text = asText(value);
      if (!text.isEmpty()) {
        try {
          rule.read(text);
        } catch (InvalidValueException e) {
          throw new ConfigException(name + " " + e.getMessage() + ".");
        }
      }
    }

    private String asText(@Nullable Object value) {
      if (value == null) {
        return "";
      }
      if (value instanceof Password password) {
        return password.value();
      }
      if (value instanceof List<?> list) {
        return list.stream().map(String::valueOf).collect(Collectors.joining(","));
      }
      return value.toString();
    }

    @Override
    public String toString() {
      return rule.validValues();
    }
  }

  private final class KnownValues implements ConfigDef.Recommender {
    @Override
    public List<Object> validValues(String name, Map<String, Object> parsed) {
      return new ArrayList<>(display.known);
    }

    @Override
    public boolean visible(String name, Map<String, Object> parsed) {
      return display.visible.test(parsed);
    }
  }
}
