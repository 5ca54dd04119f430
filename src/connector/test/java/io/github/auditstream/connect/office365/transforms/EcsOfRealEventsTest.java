package io.github.auditstream.connect.office365.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.fixtures.JsonFingerprint;
import io.github.auditstream.connect.office365.fixtures.SharedEvents;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real events, which are no part of the repository: they are named by file and line from 0, and
 * what is expected of each was written by hand.
 */
class EcsOfRealEventsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The categories of the schema, and the types that each allows. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "authentication", Set.of("start", "end", "info"),
          "configuration", Set.of("access", "change", "creation", "deletion", "info"),
          "email", Set.of("info"),
          "file", Set.of("access", "change", "creation", "deletion", "info"),
          "iam", Set.of("admin", "change", "creation", "deletion", "group", "info", "user"),
          "malware", Set.of("info"),
          "session", Set.of("start", "end", "info"),
          "threat", Set.of("indicator"),
          "web", Set.of("access", "error", "info"));

  @ParameterizedTest(name = "{0} {1}: {2} {3} {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          elastic-beats-o365            | 5    | event | configuration  | change         | success | -
          elastic-beats-o365            | 54   | event | iam            | user,change    | success | -
          elastic-beats-o365            | 67   | event | email          | info           | success | ipv6
          elastic-beats-o365            | 70   | event | iam            | user,change    | success | ipv6
          elastic-beats-o365            | 76   | event | web            | access         | success | ipv4
          elastic-beats-o365            | 77   | event | file           | deletion       | success | ipv4
          elastic-beats-o365            | 78   | event | file           | access         | success | ipv4
          elastic-beats-o365            | 79   | event | file           | creation       | success | ipv4
          elastic-beats-o365            | 80   | event | file           | change         | success | ipv4
          elastic-beats-o365            | 81   | event | iam            | creation       | success | -
          elastic-beats-o365            | 82   | event | iam            | user,creation  | success | -
          elastic-beats-o365            | 83   | event | iam            | user,change    | success | -
          elastic-beats-o365            | 84   | event | iam            | admin,change   | success | ipv4
          elastic-beats-o365            | 85   | event | iam            | user,change    | success | -
          elastic-beats-o365            | 86   | event | iam            | user,change    | success | -
          elastic-beats-o365            | 90   | event | iam            | user,deletion  | success | -
          elastic-beats-o365            | 104  | event | iam            | admin,change   | success | ipv4
          elastic-beats-o365            | 116  | event | iam            | change         | success | ipv4
          elastic-beats-o365            | 119  | event | iam            | change         | success | ipv4
          elastic-beats-o365            | 129  | alert | file           | access         | success | -
          elastic-beats-o365            | 135  | alert | email          | info           | failure | -
          elastic-beats-o365            | 136  | alert | email          | info           | success | -
          elastic-beats-o365            | 141  | event | iam            | group,change   | success | -
          elastic-beats-o365            | 147  | event | file           | change         | success | ipv4
          elastic-beats-o365            | 151  | event | authentication | start          | success | ipv4
          elastic-beats-o365            | 180  | event | authentication | start          | failure | ipv4
          elastic-beats-o365            | 181  | event | authentication | start          | failure | ipv4
          elastic-beats-o365            | 220  | event | iam            | group,creation | success | ipv4
          elastic-beats-o365            | 222  | event | iam            | group,creation | success | -
          elastic-beats-o365            | 223  | event | iam            | group,change   | success | -
          elastic-beats-o365            | 224  | event | configuration  | change         | success | ipv4
          elastic-beats-o365            | 225  | event | file           | creation       | success | ipv4
          elastic-beats-o365            | 231  | event | configuration  | creation       | success | ipv4
          elastic-beats-o365            | 246  | event | authentication | start          | failure | ipv4
          elastic-beats-o365            | 250  | event | session        | start          | success | -
          elastic-beats-o365            | 251  | alert | iam            | info           | success | -
          elastic-beats-o365            | 254  | event |                | access         | unknown | -
          elastic-beats-o365            | 259  | event |                | creation       | unknown | ipv4
          elastic-integrations-2025plus-handcopied | 4 | event | email  | info           | success | ipv4
          elastic-integrations-2025plus-handcopied | 6 | event | email,threat | info,indicator | unknown | -
          elastic-integrations-o365     | 188  | event | email          | info           | success | ipv6
          elastic-integrations-o365     | 196  | event | file           | access         | success | ipv4
          invictus-o365_dataset         | 35   | event | email          | info           | success | ipv4
          invictus-o365_dataset         | 208  | event | iam            | user,creation  | success | ipv6
          invictus-o365_dataset         | 473  | event | email          | info           | success | ipv6
          invictus-o365_dataset         | 800  | event | email          | info           | success | ipv4
          invictus-o365_dataset         | 807  | event | iam            | admin,change   | failure | -
          invictus-o365_dataset         | 880  | event | iam            | admin,change   | success | -
          invictus-o365_dataset         | 883  | event | file           | deletion       | success | ipv4
          invictus-o365_dataset         | 1179 | event | authentication | start          | failure | ipv4
          invictus-o365_dataset         | 1246 | event | configuration  | creation       | success | -
          invictus-o365_dataset         | 1571 | event | authentication | start          | failure | ipv4
          invictus-o365_dataset         | 1674 | event | configuration  | change         | success | ipv4
          invictus-o365_dataset         | 1961 | event | authentication | start          | failure | ipv4
          microsoft-docs-management-api | 1    | event | file           | change         | success | ipv4
          microsoft-docs-management-api | 2    | event | email          | info           | success | -
          microsoft-docs-management-api | 3    | event |                | info           | unknown | ipv6
          microsoft-docs-management-api | 4    | event | authentication | start          | failure | ipv4
          microsoft-docs-management-api | 5    | event | authentication | start          | success | ipv4
          microsoft-docs-management-api | 6    | event | iam            | user,creation  | success | -
          panther-analysis              | 2    | event | file           | change         | success | ipv4
          sekoia-documentation-o365     | 1    | alert | malware        | info           | success | -
          sekoia-documentation-o365     | 8    | event | web,threat     | access,indicator | unknown | ipv4
          sekoia-documentation-o365     | 9    | event | iam            | admin,change   | success | -
          sekoia-documentation-o365     | 11   | event |                | info           | success | ipv4
          splunk-security_content       | 14   | event | configuration  | change         | success | -
          """)
  void saysWhatEachIs(
      String file,
      int line,
      String kind,
      String categories,
      String types,
      String outcome,
      String network)
      throws Exception {
    JsonNode document = document(SharedEvents.of(file).get(line));
    JsonNode event = document.get("event");

    assertThat(event.path("kind").asText()).isEqualTo(kind);
    assertThat(texts(event.path("category")))
        .isEqualTo(categories == null ? List.of() : Arrays.asList(categories.split(",", -1)));
    assertThat(texts(event.path("type"))).isEqualTo(Arrays.asList(types.split(",", -1)));
    assertThat(event.path("outcome").asText()).isEqualTo(outcome);
    assertThat(document.path("network").path("type").asText("-")).isEqualTo(network);
  }

  @Test
  void mapsEveryOne() throws Exception {
    List<String> events = SharedEvents.all();
    Set<String> outcomes = new HashSet<>();
    for (String json : events) {
      JsonNode document = document(json);

      JsonNode event = document.get("event");
      assertThat(event.path("kind").asText()).isIn("event", "alert");
      outcomes.add(event.path("outcome").asText());
      assertAllowed(texts(event.path("category")), texts(event.path("type")));
      Instant.parse(document.path("@timestamp").asText());
      for (String side : List.of("client", "source", "server", "destination")) {
        assertIp(document.path(side).path("ip"));
        assertThat(document.path(side).path("port").asInt(0)).isBetween(0, 65_535);
      }
      document.path("related").path("ip").forEach(EcsOfRealEventsTest::assertIp);
      assertThat(document.path("o365").path("audit")).isEqualTo(JSON.readTree(json));
      JsonFingerprint.assertSame(document.path("event").path("original").asText(), json);
    }
    assertThat(outcomes).containsExactlyInAnyOrder("success", "failure", "unknown");
  }

  private static void assertIp(JsonNode ip) {
    if (ip.isMissingNode()) {
      return;
    }
    assertThat(ip.asText()).matches("[0-9a-fA-F:.]+").containsAnyOf(".", ":");
    try {
      // A literal address is not looked up.
      assertThat(InetAddress.getAllByName(ip.asText())).hasSize(1);
    } catch (UnknownHostException e) {
      throw new AssertionError("not an address", e);
    }
  }

  private static void assertAllowed(List<String> categories, List<String> types) {
    assertThat(types).isNotEmpty();
    if (!categories.isEmpty()) {
      Set<String> allowed = new HashSet<>();
      categories.forEach(category -> allowed.addAll(ALLOWED.get(category)));
      assertThat(allowed).containsAll(types);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  /** The document as JSON, after a look at whether the map is of the types that converters take. */
  private static JsonNode document(String json) throws Exception {
    try (ToEcs<SinkRecord> transform = new ToEcs<>()) {
      transform.configure(Map.of("include.original", "true"));
      Object map = transform.apply(Records.of(Records.struct(json))).value();
      assertConvertible(map);
      return JSON.readTree(JSON.writeValueAsString(map));
    }
  }

  private static void assertConvertible(Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, below) -> {
            assertThat(name).isInstanceOf(String.class);
            assertConvertible(below);
          });
    } else if (value instanceof List<?> list) {
      list.forEach(EcsOfRealEventsTest::assertConvertible);
    } else if (value != null) {
      assertThat(value).isInstanceOfAny(String.class, Long.class, Double.class, Boolean.class);
    }
  }
}
