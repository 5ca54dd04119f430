package io.github.auditstream.connect.office365.config;

import static io.github.auditstream.connect.office365.config.Configurations.CONTOSO;
import static io.github.auditstream.connect.office365.config.Configurations.SECRET;
import static io.github.auditstream.connect.office365.config.Configurations.oneTenant;
import static io.github.auditstream.connect.office365.config.Configurations.twoTenants;
import static io.github.auditstream.connect.office365.config.Configurations.with;
import static io.github.auditstream.connect.office365.config.Configurations.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.Secret;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class TaskConfigTest {
  private static final FeedKey CONTOSO_EXCHANGE = new FeedKey("contoso", ContentType.EXCHANGE);
  private static final FeedKey CONTOSO_GENERAL = new FeedKey("contoso", ContentType.GENERAL);
  private static final FeedKey FABRIKAM_EXCHANGE = new FeedKey("fabrikam", ContentType.EXCHANGE);

  /** Contoso has its own secret, fabrikam takes the shared one. */
  private static Map<String, String> connector() {
    return with(
        twoTenants(),
        "tenants.contoso.client.secret",
        "marker-of-contoso",
        "client.secret",
        "marker-of-all",
        "overlap",
        "PT1H",
        "ssl.truststore.certificates",
        "",
        "transforms",
        "route",
        "value.converter",
        "org.apache.kafka.connect.json.JsonConverter");
  }

  @Test
  void comesBackAsItWasSent() {
    Map<String, String> task =
        TaskConfig.forTask(
            connector(),
            List.of(CONTOSO_EXCHANGE, FABRIKAM_EXCHANGE, CONTOSO_GENERAL),
            Map.of("contoso", 1000, "fabrikam", 77),
            3);

    TaskSettings settings = TaskConfig.parse(task);

    ConnectorSettings whole = Office365AuditSourceConfig.parse(connector());
    assertThat(settings.connectorName()).isEqualTo("audit");
    assertThat(settings.taskIndex()).isEqualTo(3);
    assertThat(settings.feeds())
        .containsExactly(CONTOSO_EXCHANGE, FABRIKAM_EXCHANGE, CONTOSO_GENERAL);
    assertThat(settings.common().contentTypes())
        .containsExactly(ContentType.EXCHANGE, ContentType.GENERAL);
    assertThat(settings.common().feeds()).isEqualTo(whole.feeds());
    assertThat(settings.common().http()).isEqualTo(whole.http());
    assertThat(settings.common().topics()).isEqualTo(whole.topics());
    assertThat(settings.tenant("contoso"))
        .usingRecursiveComparison()
        .ignoringFields("requestsPerMinute")
        .isEqualTo(whole.tenants().get(0));
    assertThat(settings.tenant("contoso").requestsPerMinute()).isEqualTo(1000);
    assertThat(settings.tenant("fabrikam").requestsPerMinute()).isEqualTo(77);
  }

  @Test
  void holdsNothingOfOtherTenants() {
    Map<String, String> ofContoso =
        TaskConfig.forTask(connector(), List.of(CONTOSO_EXCHANGE), Map.of("contoso", 1), 0);
    Map<String, String> ofFabrikam =
        TaskConfig.forTask(connector(), List.of(FABRIKAM_EXCHANGE), Map.of("fabrikam", 1), 0);

    assertThat(ofContoso)
        .containsEntry("tenants.contoso.client.secret", "marker-of-contoso")
        .doesNotContainKey("client.secret");
    assertThat(ofContoso.keySet()).noneMatch(key -> key.contains("fabrikam"));
    assertThat(ofFabrikam).containsEntry("client.secret", "marker-of-all");
    assertThat(ofFabrikam.keySet()).noneMatch(key -> key.contains("contoso"));
    assertThat(ofFabrikam).doesNotContainValue("marker-of-contoso");
  }

  @Test
  void holdsNoKeysOfConnect() {
    Map<String, String> task =
        TaskConfig.forTask(connector(), List.of(CONTOSO_EXCHANGE), Map.of("contoso", 1), 0);

    assertThat(task).doesNotContainKeys("transforms", "value.converter", "connector.class");
  }

  @Test
  void keepsTheNamesOfTheConnectorsKeysSoThatConnectPutsPlaceholdersBack() {
    Map<String, String> task =
        TaskConfig.forTask(
            connector(),
            List.of(CONTOSO_EXCHANGE, FABRIKAM_EXCHANGE),
            Map.of("contoso", 1, "fabrikam", 1),
            0);

    assertThat(task.entrySet())
        .filteredOn(entry -> !entry.getKey().startsWith("task."))
        .isSubsetOf(connector().entrySet());
  }

  @Test
  void isTheSameForTheSameArguments() {
    Map<String, Integer> shares = Map.of("contoso", 5, "fabrikam", 6);
    List<FeedKey> feeds = List.of(CONTOSO_EXCHANGE, FABRIKAM_EXCHANGE);

    assertThat(TaskConfig.forTask(connector(), feeds, shares, 1))
        .isEqualTo(TaskConfig.forTask(connector(), feeds, shares, 1));
  }

  @Test
  void readsASingleTenantWithoutAlias() {
    Map<String, String> task =
        TaskConfig.forTask(
            oneTenant(),
            List.of(new FeedKey("default", ContentType.DLP)),
            Map.of("default", 2000),
            0);

    TaskSettings settings = TaskConfig.parse(task);

    assertThat(settings.tenant("default").tenantId()).hasToString(CONTOSO);
    assertThat(settings.tenant("default").credential())
        .isEqualTo(new Credential.ClientSecret(new Secret(SECRET)));
  }

  @Test
  void givesTheCredentialThatARotatedConfigurationHolds() {
    Map<String, String> task =
        TaskConfig.forTask(connector(), List.of(CONTOSO_EXCHANGE), Map.of("contoso", 1), 0);

    assertThat(TaskConfig.credential(task, "contoso"))
        .isEqualTo(new Credential.ClientSecret(new Secret("marker-of-contoso")));
    assertThat(
            TaskConfig.credential(
                with(task, "tenants.contoso.client.secret", "rotated"), "contoso"))
        .isEqualTo(new Credential.ClientSecret(new Secret("rotated")));
    assertThatThrownBy(
            () -> TaskConfig.credential(without(task, "tenants.contoso.client.secret"), "contoso"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("tenants.contoso.client.secret is missing");
  }

  @Test
  void namesTheKeyThatWasModifiedByHand() {
    Map<String, String> task =
        TaskConfig.forTask(connector(), List.of(CONTOSO_EXCHANGE), Map.of("contoso", 1), 0);

    for (String key : List.of("task.feeds", "task.requests.per.minute", "task.index")) {
      assertThatThrownBy(() -> TaskConfig.parse(without(task, key)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(key);
      assertThatThrownBy(() -> TaskConfig.parse(with(task, key, "x")))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(key);
    }
    assertThatThrownBy(() -> TaskConfig.parse(without(task, "tenants.contoso.tenant.id")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("tenants.contoso.tenant.id is missing");
  }

  @Test
  void refusesATaskWithoutFeedsOrShares() {
    assertThatThrownBy(() -> TaskConfig.forTask(connector(), List.of(), Map.of(), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> TaskConfig.forTask(connector(), List.of(CONTOSO_EXCHANGE), Map.of(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("contoso");
  }
}
