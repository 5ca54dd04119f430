package io.github.auditstream.connect.office365.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
 * @param group where it is documented
 * @param key without a tenant's prefix
 * @param type as Connect shows it
 * @param defaultText what holds if the key is absent or empty; null for nothing
 * @param rule reads the text
 * @param display what user interfaces make of it
 * @param <T> the value's type
 */
public record Setting<T>(
    Group group,
    String key,
    ConfigDef.Type type,
    @Nullable String defaultText,
    Rule<T> rule,
    Importance importance,
    String displayName,
    String documentation,
    Display display) {

  /**
   * What user interfaces make of a key.
   *
   * @param recommended values to offer
   * @param onlyWith the setting without which this one does not matter, if there is one
   * @param value that the other one must have; empty text for any
   */
  record Display(List<String> recommended, @Nullable Setting<?> onlyWith, String value) {
    static final Display PLAIN = new Display(List.of(), null, "");

    boolean isVisible(Map<String, Object> parsed) {
      if (onlyWith == null) {
        return true;
      }
      String other = asText(parsed.get(onlyWith.key()));
      return value.isEmpty() ? !other.isEmpty() : other.equalsIgnoreCase(value);
    }
  }

  static <T> Setting<T> of(
      Group group,
      String key,
      ConfigDef.Type type,
      @Nullable String defaultText,
      Rule<T> rule,
      Importance importance,
      String displayName,
      String documentation) {
    return new Setting<>(
        group, key, type, defaultText, rule, importance, displayName, documentation, Display.PLAIN);
  }

  Setting<T> recommending(Collection<String> values) {
    return shown(new Display(List.copyOf(values), display.onlyWith, display.value));
  }

  /** The same, which matters only where the other one is set. */
  Setting<T> onlyWith(Setting<?> other) {
    return onlyWith(other, "");
  }

  /** The same, which matters only where the other one has the value. */
  Setting<T> onlyWith(Setting<?> other, String value) {
    return shown(new Display(display.recommended, other, value));
  }

  private Setting<T> shown(Display changed) {
    return new Setting<>(
        group, key, type, defaultText, rule, importance, displayName, documentation, changed);
  }

  /**
   * Defines it.
   *
   * @param order its place in the documentation
   * @param dependents keys that only matter with this one
   */
  void defineIn(ConfigDef definition, int order, List<String> dependents) {
    Width width =
        switch (type) {
          case INT, LONG -> Width.SHORT;
          case LIST -> Width.LONG;
          default -> Width.MEDIUM;
        };
    definition.define(
        key,
        type,
        defaultText,
        new TextValidator(),
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

    @Override
    public String toString() {
      return rule.validValues();
    }
  }

  /** The text of a value that Kafka parsed; empty for none. */
  private static String asText(@Nullable Object value) {
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

  private final class KnownValues implements ConfigDef.Recommender {
    @Override
    public List<Object> validValues(String name, Map<String, Object> parsed) {
      return new ArrayList<>(display.recommended);
    }

    @Override
    public boolean visible(String name, Map<String, Object> parsed) {
      return display.isVisible(parsed);
    }
  }
}
