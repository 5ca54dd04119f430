package io.github.auditstream.connect.office365.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.auditstream.connect.office365.Office365AuditHistoryConnector;
import io.github.auditstream.connect.office365.Office365AuditSourceConnector;
import io.github.auditstream.connect.office365.config.Office365AuditHistoryConfig;
import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.event.AuditEventMapper;
import io.github.auditstream.connect.office365.event.BlobOrigin;
import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.model.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the pages say is true. */
class PagesTest {
  private static final int LONGEST_README_BYTES = 8 * 1024;
  private static final int LAST_LINE_BEFORE_A_COMMAND = 50;
  private static final String HISTORY = Office365AuditHistoryConnector.class.getName();
  private static final Path TESTS = Repository.file("src");
  private static final Path TOPICS = Pages.doc("topics-and-schemas.md");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Set<String> LANGUAGES =
      Set.of(
          "sh",
          "console",
          "json",
          "properties",
          "yaml",
          "sql",
          "dockerfile",
          "powershell",
          "mermaid",
          "text");
  private static final Pattern RUN_BY = Pattern.compile("by (\\w+)( \\w+)?");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*[a-z0-9](?:Test|IT|Fuzz))[`#]");
  private static final Pattern ARCHIVE =
      Pattern.compile("kafka-connect-office365-(\\d[\\w.-]*?)(?:-plugin)?\\.(?:zip|tar\\.gz)");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(file|env):[^}]*?([a-z.]+)\\}");

  @Test
  void marksEachCommandWithHowItIsRun() throws Exception {
    for (Path page : Pages.shipped()) {
      assertThat(Pages.blocks(page))
          .as(page.toString())
          .allMatch(block -> LANGUAGES.contains(block.language()))
          .filteredOn(block -> block.language().equals("sh"))
          .extracting(Pages.Block::mark)
          .allMatch(mark -> mark.matches("|worker|docker|until .+") || isRunByATest(mark));
    }
    assertThat(Pages.blocks(Pages.README, "sh")).isNotEmpty();
  }

  @Test
  void everyPageWithCommandsIsRunInCi() throws Exception {
    String ci = Files.readString(Repository.file(".ci", "run"));
    List<String> withCommands = new ArrayList<>();
    for (Path page : Pages.shipped()) {
      if (!Pages.blocks(page, "sh").isEmpty()) {
        withCommands.add(Repository.file(".").normalize().relativize(page).toString());
      }
    }

    assertThat(withCommands).hasSizeGreaterThan(5);
    assertThat(List.of(between(ci, "\npages=(", ")").strip().split("\\s+")))
        .containsExactlyInAnyOrderElementsOf(withCommands);
  }

  private static boolean isRunByATest(String mark) {
    Matcher by = RUN_BY.matcher(mark);
    return by.matches() && tests().contains(by.group(1));
  }

  @Test
  void namesExistingTests() throws Exception {
    Set<String> tests = tests();
    for (Path page : Pages.all()) {
      assertThat(TEST.matcher(Files.readString(page)).results().map(test -> test.group(1)))
          .as(page.toString())
          .isSubsetOf(tests);
    }
  }

  private static Set<String> tests() {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theReadmeIsShortAndComesToTheFirstCommandSoon() throws Exception {
    assertThat(Files.size(Pages.README)).isLessThanOrEqualTo(LONGEST_README_BYTES);
    assertThat(Files.readAllLines(Pages.README).indexOf("```sh"))
        .isBetween(1, LAST_LINE_BEFORE_A_COMMAND);
  }

  @Test
  void namesTheArchivesOfThisVersion() throws Exception {
    assertThat(Files.readString(Pages.README))
        .contains("auditstream-kafka-connect-office365-" + Version.version() + ".zip");
    for (Path page : Pages.shipped()) {
      assertThat(ARCHIVE.matcher(Files.readString(page)).results().map(name -> name.group(1)))
          .as(page.toString())
          .allMatch(Version.version()::equals);
    }
  }

  @Test
  void showsTheRecordThatTheExampleEventBecomes() throws Exception {
    JsonNode shown = MAPPER.readTree(Pages.block(TOPICS, "record"));
    JsonNode origin = shown.path("ContentBlob");
    byte[] event = Pages.block(TOPICS, "event").getBytes(StandardCharsets.UTF_8);

    Struct value =
        new AuditEventMapper(new EventSchemas())
            .map(
                event,
                0,
                Pages.block(TOPICS, "event").stripTrailing().length(),
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
        Pages.shipped().stream()
            .flatMap(page -> Pages.blocks(page, "json").stream())
            .filter(
                text ->
                    text.contains(Office365AuditSourceConnector.class.getName())
                        || text.contains(HISTORY))
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
    assertThat(Pages.block(Pages.README, "first-configuration").lines().count())
        .isLessThanOrEqualTo(10);
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from));
  }

  private static void assertTaken(JsonNode configuration) {
    Map<String, String> props = new HashMap<>();
    configuration
        .fields()
        .forEachRemaining(entry -> props.put(entry.getKey(), resolved(entry.getValue().asText())));
    assertThatCode(
            () -> {
              if (HISTORY.equals(props.get("connector.class"))) {
                Office365AuditHistoryConfig.parse(props);
              } else {
                Office365AuditSourceConfig.parse(props);
              }
            })
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
