package io.github.auditstream.connect.office365.config;

import static io.github.auditstream.connect.office365.config.Configurations.history;
import static io.github.auditstream.connect.office365.config.Configurations.historyErrors;
import static io.github.auditstream.connect.office365.config.Configurations.with;
import static io.github.auditstream.connect.office365.config.Configurations.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every wrong value of the history is one error on the key to fix, and says what to write. */
class HistoryErrorsTest {
  private static final String SERVERS = "kafka.bootstrap.servers";

  /** One error: what is set, the key that must have the only error, and words of its message. */
  record Row(Map<String, String> props, String key, List<String> words) {
    @Override
    public String toString() {
      return key + ": " + words;
    }
  }

  private static Row one(String key, String value, String... words) {
    return new Row(with(history(), key, value), key, List.of(words));
  }

  private static Row row(Map<String, String> props, String key, String... words) {
    return new Row(props, key, List.of(words));
  }

  private static Map<String, String> importing() {
    return with(without(history(), "history.from", SERVERS), "import.folder", "/var/exports");
  }

  static Stream<Row> invalidConfigurations() {
    return Stream.concat(ofTheRange(), ofTopicsAndLimits());
  }

  private static Stream<Row> ofTheRange() {
    Map<String, String> nothing = without(history(), "history.from");
    return Stream.of(
        row(nothing, "history.from", "nothing to read", "history.gaps", "import.folder", "2026"),
        row(
            with(nothing, "history.until", "2026-06-01", "history.gaps", "true"),
            "history.from",
            "missing beside history.until",
            "beginning"),
        row(
            with(importing(), "history.until", "2026-06-01", SERVERS, "kafka:9092"),
            "history.from",
            "missing beside history.until"),
        one("history.from", "04.05.2026", "neither a date nor an instant", "2026-05-04"),
        one("history.from", "2999-12-01", "lies in the future", "a day that has been"),
        one("history.until", "2026-06-01", "is not behind history.from", "later"),
        one("history.until", "2026-05-31T23:59:59Z", "is not behind history.from"),
        one("history.until", "tomorrow", "neither a date nor an instant"),
        one("history.gaps", "perhaps", "true, false"),
        one("history.order", "random", "oldest-first, newest-first"),
        one("history.settled.after", "P8D", "out of range", "PT48H"),
        one("history.settled.after", "two days", "ISO-8601"),
        one("history.record.types", "exchange admin", "'exchange admin'", "exchangeAdmin"),
        one("history.record.types", "a,,b", "empty item"));
  }

  private static Stream<Row> ofTopicsAndLimits() {
    return Stream.of(
        // Clouds without audit log queries
        one("cloud", "gcc-high", "gcc-high", "does not offer audit log queries", "import.folder"),
        one("cloud", "dod", "does not offer audit log queries", "without history.from"),
        one("cloud", "china", "does not offer audit log queries"),
        row(
            with(history(), "cloud", "custom", "authority.endpoint", "https://a.example"),
            "graph.endpoint",
            "is missing, and cloud is custom"),
        one("graph.endpoint", "https://graph.example", "cloud=custom"),
        // Deduplication
        one("deduplicate", "perhaps", "topics, none"),
        row(without(history(), SERVERS), SERVERS, "what is in the topics", "deduplicate=none"),
        row(with(history(), SERVERS, " "), SERVERS, "what is in the topics"),
        row(
            with(without(history(), SERVERS), "deduplicate", "none", "history.gaps", "true"),
            SERVERS,
            "gaps cannot be read",
            "history.gaps=false"),
        row(with(importing(), "name", "files"), SERVERS, "what is in the topics"),
        one(SERVERS, "kafka-1", "lists 'kafka-1', which is not a host and a port"),
        one(SERVERS, "${env:KAFKA}", "placeholder", "config.providers"),
        one("kafka.security.protocol", "TLS", "SASL_SSL"),
        one("kafka.group.id", "mine", "set by the connector itself", "remove the key"),
        one("kafka.ssl.truststore.password", "${vault:kafka:password}", "placeholder"),
        // Topics
        one("history.topic", "his/tory", "not legal"),
        one("history.topic", "office365.status", "names the topic of status.topic"),
        one("history.topic", "office365.deadletter", "names the topic of deadletter.topic"),
        one("history.topic", "office365_receipts", "names the topic of receipts.topic"),
        one("history.topic", "office365.exchange", "workload"),
        one("status.topic", "office365.history", "names the topic of"),
        one("deadletter.topic", "office365.receipts", "names the topic of receipts.topic"),
        one("topic.prefix", "office 365", "not legal"),
        // Limits
        one("history.queries.per.day", "0", "is 0", "10000"),
        one("history.queries.per.day", "many", "a whole number of queries"),
        one("history.concurrency", "11", "is 11", "1 to 10"),
        one("history.stuck.after", "P3D", "out of range", "PT4H"),
        one("history.poll.interval.ms", "9", "is 9", "from 10"),
        one("history.page.size", "10001", "is 10001"),
        one("history.api.version", "v2", "auto, v1.0, beta"),
        one("buffer.bytes", "1", "from 1048576"),
        // Tenants
        one("tenant.id", "contoso.onmicrosoft.com", "is not a GUID"),
        row(without(history(), "client.secret"), "client.secret", "is missing"),
        row(without(history(), "tenant.id"), "tenant.id", "is missing"),
        row(
            with(
                without(history(), "tenant.id"),
                "tenants",
                "contoso",
                "tenants.contoso.tenant.id",
                Configurations.CONTOSO,
                "tenants.contoso.requests.per.minute",
                "100"),
            "tenants.contoso.requests.per.minute",
            "is not a key of a tenant"),
        one("errors.tolerance", "all", "loses events", "write none"));
  }

  @ParameterizedTest
  @MethodSource("invalidConfigurations")
  void isAnErrorOnTheKeyToFix(Row row) {
    Map<String, List<String>> errors = historyErrors(row.props());

    assertThat(errors).containsOnlyKeys(row.key());
    assertThat(errors.get(row.key()))
        .singleElement()
        .satisfies(
            message ->
                assertThat(message).startsWith(row.key()).endsWith(".").contains(row.words()));
    if (!row.words().contains("lies in the future")) {
      assertThatThrownBy(() -> Office365AuditHistoryConfig.parse(row.props()))
          .as("the task refuses it as validation does")
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(row.key());
    }
  }

  @Test
  void reportsAllErrorsAtOnce() {
    assertThat(
            historyErrors(
                with(
                    without(history(), SERVERS, "client.secret"),
                    "cloud",
                    "dod",
                    "history.until",
                    "2025-01-01",
                    "history.page.size",
                    "0")))
        .containsOnlyKeys(SERVERS, "client.secret", "cloud", "history.until", "history.page.size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcc-high", "dod", "china"})
  void filesAreReadInCloudsWithoutQueries(String cloud) {
    Map<String, String> props = with(importing(), "cloud", cloud, SERVERS, "kafka:9092");

    assertThat(historyErrors(props)).isEmpty();
    assertThat(Office365AuditHistoryConfig.parse(props).readsQueries()).isFalse();
  }

  /** No tenant, no credential, no broker: an empty target and a folder are enough. */
  @Test
  void filesNeedNeitherTenantNorKafka() {
    Map<String, String> props =
        with(
            without(importing(), "tenant.id", "client.id", "client.secret"), "deduplicate", "none");

    assertThat(historyErrors(props)).isEmpty();
    HistorySettings settings = Office365AuditHistoryConfig.parse(props);
    assertThat(settings.tenants()).isEmpty();
    assertThat(settings.importFolder()).isPresent();
    assertThat(settings.readsTopics()).isFalse();
  }

  @Test
  void gapsAloneAreEnoughToRead() {
    Map<String, String> props = with(without(history(), "history.from"), "history.gaps", "true");

    assertThat(historyErrors(props)).isEmpty();
    assertThat(Office365AuditHistoryConfig.parse(props).readsQueries()).isTrue();
  }

  @Test
  void takesDatesAndInstants() {
    HistoryRange range =
        Office365AuditHistoryConfig.parse(with(history(), "history.until", "2026-06-01T00:00:01Z"))
            .range();

    assertThat(range.from()).contains(Instant.parse("2026-06-01T00:00:00Z"));
    assertThat(range.until()).contains(Instant.parse("2026-06-01T00:00:01Z"));
  }

  /** Longer ago than Microsoft keeps is the user's to know: policies keep up to ten years. */
  @Test
  void takesADayThatIsLongAgo() {
    assertThat(historyErrors(with(history(), "history.from", "2017-01-01"))).isEmpty();
  }
}
