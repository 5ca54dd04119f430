package io.github.auditstream.connect.office365.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.jspecify.annotations.Nullable;

/** Defines settings, and keeps them in the order in which they were defined. */
final class SettingList {
  private final List<Setting<?>> settings = new ArrayList<>();

  /** Begins a setting, which is in the list once its rule is given. */
  Draft key(String key, String displayName, Group group, Importance importance) {
    return new Draft(key, displayName, group, importance);
  }

  Stream<Setting<?>> stream() {
    return settings.stream();
  }

  Stream<String> keys() {
    return settings.stream().map(Setting::key);
  }

  /** The keys of those that matter only where the other one is set, or has a certain value. */
  List<String> dependentsOf(Setting<?> other) {
    return settings.stream().filter(one -> one.dependsOn(other)).map(Setting::key).toList();
  }

  /** A setting that is being defined. */
  final class Draft {
    private final String key;
    private final String displayName;
    private final Group group;
    private final Importance importance;
    private String documentation = "";
    private @Nullable String defaultText;
    private List<String> recommended = List.of();
    private Setting.@Nullable Owner onlyWith;

    private Draft(String key, String displayName, Group group, Importance importance) {
      this.key = key;
      this.displayName = displayName;
      this.group = group;
      this.importance = importance;
    }

    Draft documented(String text) {
      documentation = text;
      return this;
    }

    Draft defaultsTo(@Nullable String text) {
      defaultText = text;
      return this;
    }

    /** Values for user interfaces to offer. */
    Draft recommending(List<String> values) {
      recommended = values;
      return this;
    }

    /** It matters only where the other one is set. */
    Draft onlyWith(Setting<?> other) {
      return onlyWith(other, "");
    }

    /** It matters only where the other one has the value. */
    Draft onlyWith(Setting<?> other, String value) {
      onlyWith = new Setting.Owner(other, value);
      return this;
    }

    <T> Setting<T> readBy(Rule<T> rule) {
      Setting<T> setting =
          new Setting<>(
              group,
              key,
              displayName,
              importance,
              documentation,
              defaultText,
              recommended,
              onlyWith,
              rule);
      settings.add(setting);
      return setting;
    }
  }
}
