package io.github.auditstream.connect.office365.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.auditstream.connect.office365.Office365AuditSourceConnector;
import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.event.AuditEventMapper;
import io.github.auditstream.connect.office365.event.BlobOrigin;
import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.event.Workload;
import io.github.auditstream.connect.office365.event.Workloads;
import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.model.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the README says is so. */
class ReadmeTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Set<String> LANGUAGES =
      Set.of("sh", "json", "properties", "powershell", "text");
  private static final String TABLE_BEGINS = "<!-- configuration:begin -->";
  private static final String TABLE_ENDS = "<!-- configuration:end -->";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(file|env):[^}]*?([a-z.]+)\\}");

  @Test
  void marksEachCommandWithHowItIsRun() {
    assertThat(Readme.blocks()).allMatch(block -> LANGUAGES.contains(block.language()));
    assertThat(Readme.blocks().stream().filter(block -> block.language().equals("sh")))
        .isNotEmpty()
        .allMatch(block -> block.mark().matches("|worker|docker|until .+"));
  }

  /** To bring it up to date run {@code mvn test -Dtest=ReadmeTest -Doffice365.docs.write=true}. */
  @Test
  void listsEveryConfigurationKey() throws Exception {
    String text = Readme.text();
    int begin = text.indexOf(TABLE_BEGINS) + TABLE_BEGINS.length();
    int end = text.indexOf(TABLE_ENDS);
    String table = "\n" + ConfigurationTable.markdown();
    if (Boolean.getBoolean("office365.docs.write")) {
      Files.writeString(Readme.FILE, text.substring(0, begin) + table + text.substring(end));
    }

    assertThat(Readme.text()).contains(TABLE_BEGINS + table + TABLE_ENDS);
  }

  @Test
  void namesTheArchiveOfThisVersion() {
    assertThat(Readme.text())
        .contains("auditstream-kafka-connect-office365-" + Version.version() + ".zip");
  }

  @Test
  void namesEveryTopic() {
    List<String> topics =
        Workloads.all().stream()
            .map(Workload::topicSuffix)
            .map(suffix -> "`office365." + suffix + "`")
            .toList();

    assertThat(Readme.text()).contains(topics);
  }

  @Test
  void showsTheRecordThatTheExampleEventBecomes() throws Exception {
    JsonNode shown = MAPPER.readTree(Readme.block("record"));
    JsonNode origin = shown.path("ContentBlob");
    byte[] event = Readme.block("event").getBytes(StandardCharsets.UTF_8);

    Struct value =
        new AuditEventMapper(new EventSchemas())
            .map(
                event,
                0,
                Readme.block("event").stripTrailing().length(),
                new BlobOrigin(
                    origin.path("Tenant").asText(),
                    origin.path("ContentType").asText(),
                    origin.path("ContentId").asText(),
                    Instant.parse(origin.path("ContentCreated").asText())),
                origin.path("Index").asLong())
            .value();

    assertThat(shown)
        .as("the record should be %s", json(value).toPrettyString())
        .isEqualTo(MAPPER.readTree(json(value).toString()));
  }

  @Test
  void showsConfigurationsThatAreTaken() throws Exception {
    List<String> configurations =
        Readme.blocks().stream()
            .map(Readme.Block::text)
            .filter(text -> text.contains(Office365AuditSourceConnector.class.getName()))
            .toList();

    assertThat(configurations).hasSizeGreaterThan(3);
    for (String configuration : configurations) {
      assertTaken(MAPPER.readTree(configuration));
    }
    assertTaken(
        MAPPER
            .readTree(Files.readString(Repository.file("config/example-tenant.json")))
            .path("config"));
  }

  @Test
  void showsAFirstConfigurationOfTenLines() {
    assertThat(Readme.block("first-configuration").lines().count()).isLessThanOrEqualTo(10);
  }

  private static void assertTaken(JsonNode configuration) {
    Map<String, String> props = new HashMap<>();
    configuration
        .fields()
        .forEachRemaining(entry -> props.put(entry.getKey(), resolved(entry.getValue().asText())));
    assertThatCode(() -> Office365AuditSourceConfig.parse(props))
        .as(configuration.toPrettyString())
        .doesNotThrowAnyException();
  }

  /** What a config provider would put there. */
  private static String resolved(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            placeholder ->
                placeholder.group(2).endsWith(".id")
                    ? "c0470505-0000-4000-8000-000000000001"
                    : "resolved");
  }

  /** The value as JSON, fields without a value left out. */
  private static JsonNode json(@Nullable Object value) {
    if (value instanceof Struct struct) {
      ObjectNode object = NODES.objectNode();
      for (Field field : struct.schema().fields()) {
        Object inner = struct.get(field);
        if (inner != null && !(inner instanceof Map<?, ?> map && map.isEmpty())) {
          object.set(field.name(), json(inner));
        }
      }
      return object;
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = NODES.objectNode();
      map.forEach((key, inner) -> object.set(String.valueOf(key), json(inner)));
      return object;
    }
    if (value instanceof List<?> list) {
      ArrayNode array = NODES.arrayNode();
      list.forEach(inner -> array.add(json(inner)));
      return array;
    }
    return MAPPER.valueToTree(value);
  }
}
