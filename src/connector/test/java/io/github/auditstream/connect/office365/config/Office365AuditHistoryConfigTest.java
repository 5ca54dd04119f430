package io.github.auditstream.connect.office365.config;

import static io.github.auditstream.connect.office365.config.Configurations.history;
import static io.github.auditstream.connect.office365.config.Configurations.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

class Office365AuditHistoryConfigTest {

  @Test
  void needsNoMoreThanTenLinesToStart() {
    assertThat(history()).hasSizeLessThanOrEqualTo(10);
    assertThat(Configurations.historyErrors(history())).isEmpty();
  }

  @Test
  void hasDefaultsForAllElse() {
    HistorySettings settings = Office365AuditHistoryConfig.parse(history());

    assertThat(settings.cloud().graph()).hasToString("https://graph.microsoft.com");
    assertThat(settings.topics())
        .isEqualTo(
            new HistoryTopics(
                "office365", "office365.deadletter", "office365.status", "office365.history"));
    assertThat(settings.range())
        .isEqualTo(
            new HistoryRange(
                Optional.of(Instant.parse("2026-06-01T00:00:00Z")),
                Optional.empty(),
                false,
                CatchUpOrder.OLDEST_FIRST,
                Duration.ofDays(2)));
    assertThat(settings.queries())
        .isEqualTo(
            new QuerySettings(
                ApiVersion.AUTO,
                List.of(),
                150,
                2,
                Duration.ofHours(4),
                Duration.ofSeconds(10),
                999));
    assertThat(settings.deduplicate()).isEqualTo(Deduplicate.TOPICS);
    assertThat(settings.kafka().consumer()).isEqualTo(Map.of("bootstrap.servers", "kafka-1:9092"));
    assertThat(settings.importFolder()).isEmpty();
    assertThat(settings.validateConnection()).isFalse();
  }

  @Test
  void hasWordsAndAPlaceForEveryKey() {
    ConfigDef definition = Office365AuditHistoryConfig.definition();
    for (ConfigDef.ConfigKey key : definition.configKeys().values()) {
      assertThat(key.documentation).as(key.name).isNotBlank().endsWith(".");
      assertThat(key.displayName).as(key.name).isNotBlank().isNotEqualTo(key.name);
      assertThat(key.group).as(key.name).isNotBlank();
      assertThat(key.validator).as(key.name).isNotNull();
      assertThat(key.hasDefault()).as(key.name).isTrue();
      assertThat(definition.names()).as(key.name).containsAll(key.dependents);
    }
  }

  /** What a person copies from the live connector's configuration, and has no meaning here. */
  @Test
  void hasNoKeyOfFeeds() {
    assertThat(Office365AuditHistoryConfig.definition().names())
        .doesNotContain(
            "content.types",
            "initial.lookback",
            "management.endpoint",
            "publisher.id",
            "receipts.topic",
            "requests.per.minute");
  }

  @Test
  void validatesEveryKeyOfTheDefinition() {
    Config config = Office365AuditHistoryConfig.validate(Map.of(), List.of());

    assertThat(config.configValues())
        .extracting(ConfigValue::name)
        .containsExactlyInAnyOrderElementsOf(Office365AuditHistoryConfig.definition().names());
  }

  @Test
  void offersUserInterfacesTheAllowedValuesAndRelevantKeys() {
    Config config = Office365AuditHistoryConfig.validate(history(), List.of());

    assertThat(named(config, "deduplicate").recommendedValues()).containsExactly("topics", "none");
    assertThat(named(config, "history.api.version").recommendedValues())
        .containsExactly("auto", "v1.0", "beta");
    assertThat(named(config, "graph.endpoint").visible()).isFalse();
    assertThat(named(config, "history.until").visible()).isTrue();
  }

  private static ConfigValue named(Config config, String name) {
    return config.configValues().stream()
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void suggestsTheIntendedKey() {
    assertThat(
            new UnknownKeys(Definition.HISTORY)
                .nearMisses(
                    with(
                        history(),
                        "history.form",
                        "2026-05-04",
                        "historyFrom",
                        "2026-05-04",
                        "dedupllicate",
                        "none",
                        "import_folder",
                        "/var/exports")))
        .containsOnly(
            Map.entry("history.form", "history.from"),
            Map.entry("historyFrom", "history.from"),
            Map.entry("dedupllicate", "deduplicate"),
            Map.entry("import_folder", "import.folder"));
  }

  @Test
  void leavesTheKeysOfConnectAndOfKafkasConsumerToThem() {
    assertThat(
            new UnknownKeys(Definition.HISTORY)
                .nearMisses(
                    with(
                        history(),
                        "kafka.security.protocol",
                        "SSL",
                        "kafka.bootstrap.server",
                        "x",
                        "topic.creation.default.partitions",
                        "1",
                        "exactly.once.support",
                        "required")))
        .isEmpty();
  }
}
