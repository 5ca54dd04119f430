package io.github.auditstream.connect.office365.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Takes in settings as they are declared, so that a setting is written in one place. */
final class SettingList {
  private final List<Setting<?>> settings = new ArrayList<>();

  /** Adds a setting, and answers it. */
  <T> Setting<T> add(Setting<T> setting) {
    settings.add(setting);
    return setting;
  }

  /** All, in the order in which they were declared. */
  Stream<Setting<?>> stream() {
    return settings.stream();
  }

  /** The keys of all. */
  Stream<String> keys() {
    return settings.stream().map(Setting::key);
  }
}
