package io.github.auditstream.connect.office365.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a transform's keys is an error of the key, before any task starts. */
class TransformValidationTest {

  private static final String PREFIX = "transforms.x.";
  private static final String KEY = "0123456789abcdef";

  @Test
  void aFilterRefusesUnknownRecordTypes() {
    refused("FilterEvents", Map.of("record.types.include", "2,ExchangeIten"), "ExchangeIten");
    refused("FilterEvents", Map.of("record.types.exclude", "Exchange*,No*Such"), "No*Such");
    refused("FilterEvents", Map.of("record.types.exclude", "-1"), "-1");
    refused("FilterEvents", Map.of("workloads.include", "Exchange,,SharePoint"), "stray comma");
    taken("FilterEvents", Map.of("record.types.include", "2,4711,ExchangeItem,Viva*"));
  }

  @Test
  void aFilterNeedsAtLeastOneList() {
    refused("FilterEvents", Map.of("users.file.check.ms", "5"), "nothing", "users.include.file");
    refused("FilterEvents", Map.of("users.include", "", "users.include.file", " "), "nothing");
    for (String key : FilterConfig.DEFINITION.names()) {
      if (!key.endsWith(".file") && !key.endsWith(".ms")) {
        taken("FilterEvents", Map.of(key, "2"));
      }
    }
  }

  @Test
  void aFilterRefusesUnreadableFiles(@TempDir Path folder) throws Exception {
    for (String key : List.of("users.include.file", "users.exclude.file")) {
      String missing = folder.resolve("missing").toString();
      refused("FilterEvents", Map.of(key, missing), missing, "does not exist", "this worker");
      refused("FilterEvents", Map.of(key, folder.toString()), "is not a file");
      refused("FilterEvents", Map.of(key, "a\0b"), "is not the path of a file");
      refused("FilterEvents", file(folder, key, "# nobody\n", StandardCharsets.UTF_8), "lists no");
      taken("FilterEvents", file(folder, key, "J\u00f6rg\n", StandardCharsets.UTF_8));
    }
  }

  @Test
  void aFilterNamesTheEncodingOfAFileThatIsNotUtf8(@TempDir Path folder) throws Exception {
    String key = "users.include.file";
    String users = "adele@contoso.example\r\nJ\u00f6rg@contoso.example\r\n";
    for (String encoding : List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      String marked = "\uFEFF" + users;
      refused("FilterEvents", file(folder, key, users, Charset.forName(encoding)), encoding);
      refused("FilterEvents", file(folder, key, marked, Charset.forName(encoding)), encoding);
    }
    for (String encoding : List.of("windows-1252", "ISO-8859-1")) {
      refused(
          "FilterEvents",
          file(folder, key, users, Charset.forName(encoding)),
          "users.txt",
          "line 2",
          "Windows-1252");
    }
    refused("FilterEvents", file(folder, key, "a\n\0\n", StandardCharsets.UTF_8), "NUL", "line 2");
  }

  @Test
  void aMaskNeedsFieldsAndValidPaths() {
    refused("MaskFields", "fields", Map.of(), "presets");
    refused("MaskFields", "fields", Map.of("action", "replace"), "presets");
    refused("MaskFields", Map.of("fields", "UserId,a..b"), "a..b", "empty name");
    refused("MaskFields", Map.of("fields", "a.**"), "ends in **");
    refused("MaskFields", Map.of("fields", "a,,b"), "stray comma");
    String entangled = "**.a" + ".*".repeat(16) + ".b";
    refused("MaskFields", "fields", Map.of("presets", "dlp", "fields", entangled), "fewer **");
    refused("MaskFields", Map.of("presets", "users,everything"), "everything");
    refused("MaskFields", Map.of("presets", "users,,dlp"), "dlp");
    refused("MaskFields", "action", Map.of("fields", "a", "action", "hide"), "hide");
    taken("MaskFields", Map.of("fields", "a"));
    taken("MaskFields", Map.of("presets", "dlp"));
  }

  @Test
  void aHashNeedsALongEnoughKey() {
    Map<String, String> hash = Map.of("fields", "a", "action", "hash");
    refused("MaskFields", "hash.key", hash, "is missing", "16 characters");
    refused("MaskFields", "hash.key", with(hash, "hash.key", "too-short"), "is too short");
    refused(
        "MaskFields", "hash.key", with(hash, "hash.key", "${vault:kafka/m:hash.key}"), "providers");
    refused("MaskFields", "hash.key", with(hash, "hash.key", " ".repeat(20)), "is too short");
    taken("MaskFields", with(hash, "hash.key", KEY));
    taken("MaskFields", Map.of("fields", "a", "hash.key", "unused"));
    assertThat(errors("MaskFields", with(hash, "hash.key", "too-short")).toString())
        .doesNotContain("too-short");
  }

  @Test
  void aRestoredEventTakesNoFieldOfEveryEvent() {
    refused("RestoreEvent", Map.of("field", "AdditionalProperties"), "every event");
    refused("RestoreEvent", Map.of("field", "ContentBlob"), "every event");
    taken("RestoreEvent", Map.of("field", "raw"));
    taken("RestoreEvent", Map.of());
  }

  @Test
  void toEcsRefusesUnknownOutputs() {
    refused("ToEcs", "output", Map.of("output", "xml"), "map, json");
    refused("ToEcs", Map.of("dataset", " "), "dataset");
    refused("ToEcs", Map.of("include.audit", "yes"), "include.audit");
    taken("ToEcs", Map.of());
  }

  @Test
  void nullValuesAreTreatedAsUnset() {
    Map<String, String> nulls = new HashMap<>(Map.of("workloads.include", "Exchange"));
    for (String key : FilterConfig.DEFINITION.names()) {
      nulls.putIfAbsent(key, null);
    }
    try (FilterEvents<SinkRecord> filter = new FilterEvents<>()) {
      filter.configure(nulls);
      assertThat(filter.apply(Records.of(Records.struct("{\"Workload\":\"Exchange\"}"))))
          .isNotNull();
    }
    nulls.put("workloads.include", null);
    nulls.remove("users.file.check.ms");
    refused("FilterEvents", "workloads.include", nulls, "nothing to filter by");
  }

  private static Map<String, String> file(Path folder, String key, String users, Charset encoding)
      throws Exception {
    Path file = folder.resolve("users.txt");
    Files.write(file, users.getBytes(encoding));
    return Map.of(key, file.toString());
  }

  private static Map<String, String> with(Map<String, String> config, String key, String value) {
    Map<String, String> more = new HashMap<>(config);
    more.put(key, value);
    return more;
  }

  private static void refused(String transform, Map<String, String> config, String... words) {
    String key =
        config.containsKey("users.file.check.ms") || config.containsKey("users.include")
            ? "workloads.include"
            : config.keySet().iterator().next();
    refused(transform, key, config, words);
  }

  private static void refused(
      String transform, String key, Map<String, String> config, String... words) {
    Map<String, List<String>> errors = errors(transform, config);
    assertThat(errors).containsOnlyKeys(PREFIX + key);
    assertThat(errors.get(PREFIX + key)).singleElement().asString().contains(words).contains(key);
  }

  private static void taken(String transform, Map<String, String> config) {
    assertThat(errors(transform, config)).isEmpty();
  }

  /** As Connect has it: the keys are copied, and embedded among those of the connector. */
  private static Map<String, List<String>> errors(String name, Map<String, String> config) {
    Transformation<?> transform =
        TransformsPage.transforms().entrySet().stream()
            .filter(each -> each.getKey().startsWith(name))
            .findFirst()
            .orElseThrow()
            .getValue();
    ConfigDef copy = new ConfigDef();
    transform.config().configKeys().values().forEach(copy::define);
    ConfigDef connector = new ConfigDef();
    connector.embed(PREFIX, "Transforms: x", 0, copy);
    Map<String, String> embedded = new HashMap<>();
    config.forEach((key, value) -> embedded.put(PREFIX + key, value));
    Map<String, List<String>> errors = new HashMap<>();
    for (ConfigValue value : connector.validate(embedded)) {
      if (!value.errorMessages().isEmpty()) {
        errors.put(value.name(), value.errorMessages());
      }
    }
    return errors;
  }
}
