package io.github.auditstream.connect.office365.config;

import static io.github.auditstream.connect.office365.config.Configurations.history;
import static io.github.auditstream.connect.office365.config.Configurations.twoTenants;
import static io.github.auditstream.connect.office365.config.Configurations.with;
import static io.github.auditstream.connect.office365.config.Configurations.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class HistoryTaskConfigTest {
  private static final String PLACEHOLDER = "${file:/etc/kafka/office365.properties:jaas}";

  /** Contoso has its own secret, fabrikam takes the shared one. */
  private static Map<String, String> connector() {
    return with(
        twoTenants(),
        "tenants.contoso.client.secret",
        "marker-of-contoso",
        "client.secret",
        "marker-of-all",
        "history.from",
        "2026-06-01",
        "history.record.types",
        "exchangeAdmin",
        "import.folder",
        "/var/exports",
        "kafka.bootstrap.servers",
        "kafka-1:9092",
        "kafka.sasl.jaas.config",
        "marker-of-kafka",
        "producer.override.max.request.size",
        "2000000",
        "transforms",
        "route",
        "value.converter",
        "org.apache.kafka.connect.json.JsonConverter");
  }

  @Test
  void comesBackAsItWasSent() {
    HistorySettings whole = Office365AuditHistoryConfig.parse(connector());

    HistoryTaskConfig.Task task =
        HistoryTaskConfig.parse(
            HistoryTaskConfig.forTask(connector(), List.of("contoso", "fabrikam"), 0));

    assertThat(task.connectorName()).isEqualTo("audit");
    assertThat(task.index()).isZero();
    assertThat(task.maxRequestBytes()).isEqualTo(2_000_000);
    assertThat(task.settings()).isEqualTo(whole);
    assertThat(task.settings().kafka().consumer())
        .containsEntry("sasl.jaas.config", "marker-of-kafka");
  }

  @Test
  void theFirstTaskAloneReadsTheFiles() {
    HistoryTaskConfig.Task second =
        HistoryTaskConfig.parse(HistoryTaskConfig.forTask(connector(), List.of("fabrikam"), 1));

    assertThat(second.index()).isOne();
    assertThat(second.settings().importFolder()).isEmpty();
    assertThat(second.settings().tenants())
        .extracting(TenantSettings::alias)
        .containsExactly("fabrikam");
    assertThat(second.settings().range())
        .isEqualTo(Office365AuditHistoryConfig.parse(connector()).range());
  }

  @Test
  void filesNeedNoTenant() {
    Map<String, String> props =
        with(
            without(history(), "history.from", "tenant.id", "client.id", "client.secret"),
            "import.folder",
            "/var/exports");

    HistoryTaskConfig.Task task =
        HistoryTaskConfig.parse(HistoryTaskConfig.forTask(props, List.of(), 0));

    assertThat(task.settings()).isEqualTo(Office365AuditHistoryConfig.parse(props));
  }

  @Test
  void holdsNothingOfOtherTenantsNorOfConnect() {
    Map<String, String> ofContoso = HistoryTaskConfig.forTask(connector(), List.of("contoso"), 0);
    Map<String, String> ofFabrikam = HistoryTaskConfig.forTask(connector(), List.of("fabrikam"), 1);

    assertThat(ofContoso)
        .containsEntry("tenants.contoso.client.secret", "marker-of-contoso")
        .doesNotContainKeys("client.secret", "transforms", "value.converter", "connector.class");
    assertThat(ofContoso.keySet()).noneMatch(key -> key.contains("fabrikam"));
    assertThat(ofFabrikam).containsEntry("client.secret", "marker-of-all");
    assertThat(ofFabrikam.keySet()).noneMatch(key -> key.contains("contoso"));
  }

  /** Connect puts a placeholder back under each key of a task that had one in the connector. */
  @Test
  void keepsTheNamesOfTheConnectorsKeysAndTheirPlaceholders() {
    Map<String, String> props = with(connector(), "kafka.sasl.jaas.config", PLACEHOLDER);

    Map<String, String> task = HistoryTaskConfig.forTask(props, List.of("contoso"), 0);

    assertThat(task).containsEntry("kafka.sasl.jaas.config", PLACEHOLDER);
    assertThat(task.entrySet())
        .filteredOn(entry -> !entry.getKey().startsWith("task."))
        .isSubsetOf(props.entrySet());
  }

  @Test
  void isTheSameForTheSameArguments() {
    assertThat(HistoryTaskConfig.forTask(connector(), List.of("contoso"), 1))
        .isEqualTo(HistoryTaskConfig.forTask(connector(), List.of("contoso"), 1));
  }

  @Test
  void namesTheKeyThatWasModifiedByHand() {
    Map<String, String> task = HistoryTaskConfig.forTask(connector(), List.of("contoso"), 0);

    for (String key : List.of("task.tenants", "task.index", "task.imports")) {
      assertThatThrownBy(() -> HistoryTaskConfig.parse(without(task, key)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(key);
    }
    assertThatThrownBy(() -> HistoryTaskConfig.parse(with(task, "task.index", "x")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("task.index");
    assertThatThrownBy(() -> HistoryTaskConfig.parse(without(task, "tenants.contoso.tenant.id")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("tenants.contoso.tenant.id is missing");
  }
}
