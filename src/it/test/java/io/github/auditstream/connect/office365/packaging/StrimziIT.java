package io.github.auditstream.connect.office365.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.pages.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The resources for Strimzi against Strimzi's CRDs. */
class StrimziIT {
  private static final Pattern FORBIDDEN_PREFIXES =
      Pattern.compile("prefixes cannot be set: ([^(]*) \\(with the exception of: ([^)]*)\\)");
  private static final Pattern FORBIDDEN_NAMES =
      Pattern.compile("following properties cannot be set: (.*)\\.$");

  @TempDir private static Path folder;
  private static Crds crds;

  @BeforeAll
  static void makeCrds() throws IOException, InterruptedException {
    crds = Crds.generate(folder);
  }

  @Test
  void everyResourceFitsItsSchema() throws IOException {
    List<String> checked = new ArrayList<>();
    for (Map<?, ?> resource : shipped()) {
      if (crds.know(resource)) {
        checked.add(resource.get("kind").toString());
        assertThat(crds.of(resource).errors(resource)).as("%s", resource).isEmpty();
      } else {
        assertThat(resource.get("apiVersion")).isEqualTo("rbac.authorization.k8s.io/v1");
      }
    }

    assertThat(checked).containsExactlyInAnyOrder("KafkaConnect", "KafkaConnector", "KafkaUser");
  }

  /** Later versions of Strimzi require these, whose generator alone runs on Java 17 does not. */
  @Test
  void theWorkersHaveWhatLaterVersionsRequire() throws IOException {
    assertThat(((Map<?, ?>) Yaml.at(StrimziResources.connect(), "spec")).keySet().stream())
        .map(Object::toString)
        .contains(
            "replicas",
            "bootstrapServers",
            "groupId",
            "configStorageTopic",
            "offsetStorageTopic",
            "statusStorageTopic");
  }

  @Test
  void theCheckFindsErrors() throws IOException {
    String text = Files.readString(StrimziResources.FOLDER.resolve("kafka-connect.yaml"));

    assertThat(errors(text.replace("  replicas: 2", "  replica: 2")))
        .containsExactly(".spec.replica is not known");
    assertThat(errors(text.replace("  replicas: 2", "  replicas: two")))
        .containsExactly(".spec.replicas is not of type integer");
    assertThat(errors(text.replace("type: tgz", "type: tar")))
        .hasSize(1)
        .allMatch(
            error -> error.startsWith(".spec.build.plugins[0].artifacts[0].type is not one of"));
    assertThat(errors(text.replace("sha512sum:", "sha512Sum:")))
        .containsExactly(".spec.build.plugins[0].artifacts[0].sha512Sum is not known");
    assertThat(errors(text.replace("- name: kafka-connect-office365", "- name: Office 365")))
        .hasSize(1)
        .allMatch(error -> error.startsWith(".spec.build.plugins[0].name does not match"));
    assertThat(errors(text.replace("bootstrapServers: my", "# bootstrapServers: my")))
        .containsExactly(".spec.bootstrapServers is missing");
    assertThat(errors(text.replace("\"-Xmx\": 1g", "\"-Xmx\": lots")))
        .hasSize(1)
        .allMatch(error -> error.startsWith(".spec.jvmOptions.-Xmx does not match"));
  }

  private static List<String> errors(String text) {
    Map<?, ?> resource = Yaml.document(text);
    return crds.of(resource).errors(resource);
  }

  @Test
  void theWorkersSetNoPropertyThatTheOperatorKeepsForItself() throws IOException {
    Matcher forbidden =
        FORBIDDEN_PREFIXES.matcher(crds.of("KafkaConnect").description("spec", "config"));
    assertThat(forbidden.find()).isTrue();
    List<String> prefixes = List.of(forbidden.group(1).split(", "));
    assertThat(prefixes).contains("ssl.", "plugin.path", "bootstrap.servers");

    assertThat(StrimziResources.workerConfig().keySet())
        .isNotEmpty()
        .allSatisfy(key -> assertThat(prefixes).noneMatch(key::startsWith));
  }

  @Test
  void theConnectorSetsNoPropertyThatTheOperatorKeepsForItself() throws IOException {
    Matcher forbidden =
        FORBIDDEN_NAMES.matcher(crds.of("KafkaConnector").description("spec", "config"));
    assertThat(forbidden.find()).isTrue();
    List<String> names = List.of(forbidden.group(1).split(", "));
    assertThat(names).contains("connector.class", "tasks.max");
    Map<?, ?> config = (Map<?, ?>) Yaml.at(StrimziResources.connector(), "spec", "config");

    assertThat(config.keySet().stream().map(Object::toString))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(names);
  }

  @Test
  void thePartsThatTheDocumentationShowsFitTheirSchema() throws IOException {
    List<String> blocks = Pages.blocks(Pages.doc("kubernetes.md"), "yaml");

    assertThat(blocks).hasSizeGreaterThan(3);
    for (String block : blocks) {
      Map<?, ?> part = Yaml.document(block);
      assertThat(crds.of(part).errorsOfPart(part)).as(block).isEmpty();
    }
  }

  private static List<Map<?, ?>> shipped() throws IOException {
    List<Map<?, ?>> resources = new ArrayList<>();
    try (Stream<Path> files = Files.list(StrimziResources.FOLDER)) {
      for (Path file : files.sorted().toList()) {
        assertThat(file.toString()).endsWith(".yaml");
        resources.addAll(Yaml.documents(Files.readString(file)));
      }
    }
    return resources;
  }
}
