package io.github.auditstream.connect.office365.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The resources for Strimzi fit the connector, the shipped configuration and each other. */
class StrimziResourcesTest {
  private static final String TENANT = "c0470505-0000-4000-8000-000000000001";
  private static final String SECRETS_FILE = "/etc/kafka-connect/secrets/office365.properties";

  @Test
  void theConnectorTakesItsConfiguration() throws IOException {
    Map<String, String> config = StrimziResources.connectorConfig();
    config.replaceAll(
        (key, value) ->
            StrimziResources.SECRET
                .matcher(value)
                .replaceAll(secret -> secret.group(3).endsWith(".id") ? TENANT : "resolved"));

    assertThatCode(() -> Office365AuditSourceConfig.parse(config)).doesNotThrowAnyException();
    assertThat(config.values()).noneMatch(value -> value.contains("${"));
  }

  @Test
  void theConnectorIsThatOfTheShippedConfiguration() throws IOException {
    JsonNode shipped =
        new ObjectMapper()
            .readTree(Files.readString(Repository.file("config/example-tenant.json")));
    Map<String, String> expected = new TreeMap<>();
    shipped
        .path("config")
        .fields()
        .forEachRemaining(
            entry ->
                expected.put(
                    entry.getKey(),
                    entry
                        .getValue()
                        .asText()
                        .replace(
                            "${file:" + SECRETS_FILE + ":", "${secrets:kafka/office365-audit:")));

    assertThat(StrimziResources.connectorConfig()).isEqualTo(expected);
    assertThat(Yaml.at(StrimziResources.connector(), "metadata", "name"))
        .isEqualTo(shipped.path("name").asText());
  }

  @Test
  void theRoleLetsTheWorkersReadTheSecretThatTheConnectorNames() throws IOException {
    List<Map<?, ?>> rbac =
        Yaml.documents(Files.readString(StrimziResources.FOLDER.resolve("rbac.yaml")));
    Map<?, ?> role = rbac.get(0);
    Map<?, ?> binding = rbac.get(1);
    Map<?, ?> rule = (Map<?, ?>) ((List<?>) Yaml.at(role, "rules")).get(0);
    Map<?, ?> subject = (Map<?, ?>) ((List<?>) Yaml.at(binding, "subjects")).get(0);
    TreeSet<String> secrets = new TreeSet<>();
    for (String value : StrimziResources.connectorConfig().values()) {
      StrimziResources.SECRET
          .matcher(value)
          .results()
          .forEach(secret -> secrets.add(secret.group(1) + "/" + secret.group(2)));
    }

    assertThat(secrets)
        .containsExactly(
            Yaml.at(role, "metadata", "namespace")
                + "/"
                + ((List<?>) rule.get("resourceNames")).get(0));
    assertThat(rule.get("verbs")).isEqualTo(List.of("get"));
    assertThat(rule.get("resources")).isEqualTo(List.of("secrets"));
    assertThat(Yaml.at(binding, "roleRef", "name")).isEqualTo(Yaml.at(role, "metadata", "name"));
    assertThat(subject.get("name"))
        .isEqualTo(Yaml.at(StrimziResources.connect(), "metadata", "name") + "-connect");
    assertThat(subject.get("namespace")).isEqualTo(Yaml.at(role, "metadata", "namespace"));
  }

  @Test
  void theResourcesNameEachOther() throws IOException {
    Map<?, ?> connect = StrimziResources.connect();
    Map<?, ?> connector = StrimziResources.connector();
    Map<?, ?> user = Yaml.file(StrimziResources.FOLDER.resolve("kafka-user.yaml").toString());
    Object name = Yaml.at(connect, "metadata", "name");

    assertThat(Yaml.at(connector, "metadata", "labels", "strimzi.io/cluster")).isEqualTo(name);
    assertThat(Yaml.at(connect, "metadata", "annotations", "strimzi.io/use-connector-resources"))
        .isEqualTo("true");
    assertThat(Yaml.at(connect, "spec", "authentication", "certificateAndKey", "secretName"))
        .isEqualTo(Yaml.at(user, "metadata", "name"));
    assertThat(
            List.of(connect, connector, user).stream()
                .map(resource -> Yaml.at(resource, "metadata", "namespace")))
        .containsOnly("kafka");
  }

  @Test
  void theBuildTakesTheArchiveOfThisVersion() throws IOException {
    Object plugins = Yaml.at(StrimziResources.connect(), "spec", "build", "plugins");
    Map<?, ?> artifact =
        (Map<?, ?>) ((List<?>) Yaml.at(((List<?>) plugins).get(0), "artifacts")).get(0);

    assertThat(artifact.get("type")).isEqualTo("tgz");
    assertThat(artifact.get("url").toString())
        .endsWith("/kafka-connect-office365-" + Version.version() + "-plugin.tar.gz");
    assertThat(Yaml.at(StrimziResources.connect(), "spec", "build", "output", "image").toString())
        .endsWith(":" + Version.version());
  }
}
