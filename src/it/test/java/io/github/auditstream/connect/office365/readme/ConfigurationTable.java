package io.github.auditstream.connect.office365.readme;

import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** All configuration keys as Markdown tables, one a group, each key with its first sentence. */
final class ConfigurationTable {
  private static final Pattern DESCRIBED_DEFAULT = Pattern.compile("Default: (.+?)\\.(?=\\s|$)");

  private ConfigurationTable() {}

  static String markdown() {
    ConfigDef definition = Office365AuditSourceConfig.definition();
    StringBuilder text = new StringBuilder();
    for (String group : definition.groups()) {
      List<ConfigKey> keys =
          definition.configKeys().values().stream()
              .filter(key -> key.group.equals(group))
              .sorted(Comparator.comparingInt(key -> key.orderInGroup))
              .toList();
      text.append("\n| ").append(group).append(" | Meaning | Default |\n|---|---|---|\n");
      keys.forEach(key -> text.append(row(key)).append('\n'));
    }
    return text.append('\n').toString();
  }

  private static String row(ConfigKey key) {
    return "| `%s` (%s) | %s | %s |"
        .formatted(
            key.name, key.type.name().toLowerCase(Locale.ROOT), plain(sentence(key)), preset(key));
  }

  private static String sentence(ConfigKey key) {
    return key.documentation.split("(?<=\\.)\\s", 2)[0];
  }

  private static String preset(ConfigKey key) {
    Object value = key.defaultValue;
    if (value == null || value.equals(ConfigDef.NO_DEFAULT_VALUE)) {
      Matcher described = DESCRIBED_DEFAULT.matcher(key.documentation);
      return described.find() ? plain(described.group(1)) : "";
    }
    String text =
        value instanceof List<?> list
            ? list.stream().map(String::valueOf).collect(Collectors.joining("`, `"))
            : value.toString();
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String plain(String text) {
    return text.replace("<", "&lt;").replace("|", "\\|");
  }
}
