package io.github.auditstream.connect.office365.config;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one configuration setting by setting and notes what is wrong. A key whose value is empty
 * counts as absent, since user interfaces send every key.
 */
record Values(Map<String, String> props, ConfigErrors errors) {
  /** Notes an error; see {@link ConfigErrors#add}. */
  void refuse(String key, String reason, String fix) {
    errors.add(key, reason, fix);
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
    return orDefault(find(setting), setting);
  }

  /** A tenant's value of the setting, or its default; what cannot be read is noted. */
  <T> T valueFor(String alias, Setting<T> setting) {
    return orDefault(findFor(alias, setting), setting);
  }

  private <T> T orDefault(Optional<T> found, Setting<T> setting) {
    return found
        .or(() -> defaultOf(setting))
        .orElseThrow(() -> new IllegalStateException(setting.key() + " has no default"));
  }

  /** The setting's default, if it has one that is not empty. */
  <T> Optional<T> defaultOf(Setting<T> setting) {
    return read(setting.key(), setting, setting.defaultText());
  }

  /** The setting's value if it is set; what cannot be read is noted. */
  <T> Optional<T> find(Setting<T> setting) {
    return find("", setting);
  }

  /** The same of the key that begins so. */
  <T> Optional<T> find(String prefix, Setting<T> setting) {
    String key = prefix + setting.key();
    return read(key, setting, text(key));
  }

  /** A tenant's value of the setting, its own or the one without prefix, if it is set. */
  <T> Optional<T> findFor(String alias, Setting<T> setting) {
    String key = keyInUse(alias, setting.key());
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
