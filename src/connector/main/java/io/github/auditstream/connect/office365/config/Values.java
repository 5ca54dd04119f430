package io.github.auditstream.connect.office365.config;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one configuration setting by setting and notes what is wrong. A key whose value is empty
 * counts as absent, since user interfaces send every key.
 */
final class Values {
  private final Map<String, String> props;
  private final ConfigErrors errors;

  Values(Map<String, String> props, ConfigErrors errors) {
    this.props = props;
    this.errors = errors;
  }

  ConfigErrors errors() {
    return errors;
  }

  boolean isSet(String key) {
    return !text(key).isEmpty();
  }

  /** Whether the key is there, be it empty. */
  boolean isPresentButEmpty(String key) {
    return props.get(key) != null && !isSet(key);
  }

  /** The key that a tenant's setting comes from: its own, or else the one without prefix. */
  String keyInUse(String alias, String key) {
    String own = TenantKeys.ofAlias(alias, key);
    return isSet(own) ? own : key;
  }

  /** The setting's value, or its default. What cannot be read is noted, and the default is used. */
  <T> T value(Setting<T> setting) {
    return value(setting.key(), setting);
  }

  /** The same under another key. */
  <T> T value(String key, Setting<T> setting) {
    return findOrDefault(key, setting)
        .orElseThrow(() -> new IllegalStateException(setting.key() + " has no default"));
  }

  /** The same; empty if it has no default either. */
  <T> Optional<T> findOrDefault(String key, Setting<T> setting) {
    return find(key, setting).or(() -> read(key, setting, setting.defaultText()));
  }

  /** The setting's value if it is set; what cannot be read is noted. */
  <T> Optional<T> find(Setting<T> setting) {
    return find(setting.key(), setting);
  }

  /** The same under another key. */
  <T> Optional<T> find(String key, Setting<T> setting) {
    return read(key, setting, text(key));
  }

  private <T> Optional<T> read(String key, Setting<T> setting, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    if (Placeholder.is(text)) {
      errors.add(key, Placeholder.REASON, Placeholder.FIX);
      return Optional.empty();
    }
    try {
      return Optional.of(setting.rule().read(text));
    } catch (InvalidValueException e) {
      errors.add(key, e);
      return Optional.empty();
    }
  }

  private String text(String key) {
    String text = props.get(key);
    return text == null ? "" : text.strip();
  }
}
