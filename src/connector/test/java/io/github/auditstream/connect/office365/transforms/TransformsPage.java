package io.github.auditstream.connect.office365.transforms;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;

/** The generated parts of the page on transforms, each between two comments. */
final class TransformsPage {

  private static final String PRESETS = "<!-- presets -->";
  private static final String PRESETS_END = "<!-- /presets -->";
  private static final String KEYS_END = "<!-- /keys -->";

  private TransformsPage() {}

  /** Every transform, by the name that a configuration ends in. */
  static Map<String, Transformation<SinkRecord>> transforms() {
    Map<String, Transformation<SinkRecord>> transforms = new TreeMap<>();
    for (Transformation<SinkRecord> transform :
        List.<Transformation<SinkRecord>>of(
            new RestoreEvent<>(),
            new FilterEvents<>(),
            new MaskFields.Key<>(),
            new MaskFields.Value<>(),
            new ToEcs<>())) {
      String name = transform.getClass().getName();
      transforms.put(name.substring(name.lastIndexOf('.') + 1), transform);
    }
    return transforms;
  }

  /** The page with its generated parts as the code has them. */
  static String current(String page) {
    String current = page;
    for (Map.Entry<String, Transformation<SinkRecord>> each : transforms().entrySet()) {
      String begin = "<!-- keys: " + each.getKey() + " -->";
      if (current.contains(begin)) {
        current = replace(current, begin, KEYS_END, table(each.getValue().config()));
      }
    }
    return replace(current, PRESETS, PRESETS_END, presets());
  }

  private static String replace(String page, String begin, String end, String text) {
    int from = page.indexOf(begin) + begin.length();
    return page.substring(0, from) + "\n\n" + text + "\n" + page.substring(page.indexOf(end, from));
  }

  private static String table(ConfigDef definition) {
    List<String> groups = definition.groups();
    return definition.configKeys().values().stream()
        .sorted(
            Comparator.comparingInt((ConfigKey key) -> groups.indexOf(key.group))
                .thenComparingInt(key -> key.orderInGroup))
        .map(TransformsPage::row)
        .collect(Collectors.joining("", "| Key | Meaning | Default |\n|---|---|---|\n", ""));
  }

  private static String row(ConfigKey key) {
    String valid = String.valueOf(key.validator);
    return "| `%s` (%s) | %s%s | %s |%n"
        .formatted(
            key.name,
            key.type.name().toLowerCase(Locale.ROOT),
            plain(key.documentation),
            valid.contains(",") ? " Valid: " + plain(valid) + "." : "",
            preset(key))
        .replace(System.lineSeparator(), "\n");
  }

  private static String preset(ConfigKey key) {
    if (key.defaultValue == null || key.defaultValue.equals(List.of())) {
      return "";
    }
    String text = key.defaultValue.toString();
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String plain(String text) {
    return text.replace("<", "&lt;").replace("|", "\\|").replace("*", "\\*");
  }

  private static String presets() {
    StringBuilder text = new StringBuilder("| Preset | Fields |\n|---|---|\n");
    for (MaskPreset preset : MaskPreset.values()) {
      text.append("| `")
          .append(preset.name().toLowerCase(Locale.ROOT))
          .append("` | ")
          .append(preset.paths().stream().map(p -> "`" + p + "`").collect(Collectors.joining(", ")))
          .append(" |\n");
    }
    return text.toString();
  }
}
