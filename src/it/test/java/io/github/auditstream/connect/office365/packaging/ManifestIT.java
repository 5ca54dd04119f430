package io.github.auditstream.connect.office365.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.model.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the archive says of itself: Confluent's manifest and the software bill of materials. */
class ManifestIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SBOM = "doc/sbom/kafka-connect-office365.cdx.json";

  @Test
  void theManifestNamesTheComponentAsItsArchiveIsNamed() throws IOException {
    Archive archive = Archive.component();
    JsonNode manifest = json(archive, "manifest.json");
    String name = manifest.path("name").asText();
    String owner = manifest.at("/owner/username").asText();

    assertThat(owner).matches("[a-z0-9_]{2,255}");
    assertThat(name).matches("[a-z0-9][a-z0-9_-]*");
    assertThat(manifest.path("version").asText()).isEqualTo(Version.version());
    assertThat(archive.topFolder()).isEqualTo(owner + "-" + name + "-" + Version.version());
    assertThat(archive.file().getFileName()).hasToString(archive.topFolder() + ".zip");
  }

  @Test
  void theManifestHasTheFieldsOfConfluentsSpecification() throws IOException {
    Archive archive = Archive.component();
    JsonNode manifest = json(archive, "manifest.json");

    assertThat(manifest.path("title").asText()).isNotBlank();
    assertThat(manifest.path("description").asText()).isNotBlank();
    assertThat(manifest.at("/owner/type").asText()).isIn("organization", "user");
    assertThat(manifest.at("/owner/name").asText()).isNotBlank();
    assertThat(texts(manifest.path("component_types")))
        .containsExactlyInAnyOrder("source", "transform");
    assertThat(manifest.path("release_date").asText()).isEqualTo(Pom.releaseDate().toString());
    assertThat(texts(manifest.path("tags"))).isNotEmpty().doesNotContain("");
    assertThat(texts(manifest.path("requirements"))).isNotEmpty();
    assertThat(manifest.at("/license/0/name").asText()).isEqualTo("Apache-2.0");
    assertThat(manifest.at("/support/summary").asText()).isNotBlank();
    assertThat(manifest.at("/support/provider_name").asText()).isNotBlank();
    assertThat(
            List.of(
                manifest.path("documentation_url").asText(),
                manifest.path("source_url").asText(),
                manifest.at("/owner/url").asText(),
                manifest.at("/support/url").asText(),
                manifest.at("/license/0/url").asText()))
        .allMatch(url -> url.startsWith("https://"));
    assertThat(archive.files()).containsKey(manifest.path("logo").asText());
  }

  @Test
  void theManifestDescribesTheConnector() throws IOException {
    JsonNode features = json(Archive.component(), "manifest.json").path("features");

    assertThat(features.path("kafka_connect_api").asBoolean()).isTrue();
    assertThat(features.path("single_message_transforms").asBoolean()).isTrue();
    assertThat(features.path("confluent_control_center_integration").asBoolean(true)).isFalse();
    assertThat(texts(features.path("supported_encodings"))).containsExactly("any");
    assertThat(texts(features.path("delivery_guarantee")))
        .containsExactlyInAnyOrder("exactlyOnce", "atLeastOnce");
  }

  /** Write it anew with the command in CONTRIBUTING.md. */
  @Test
  void theBillOfMaterialsNamesTheJarsByTheirDigests() throws IOException {
    Archive archive = Archive.component();
    JsonNode sbom = json(archive, SBOM);
    Map<String, String> named = new TreeMap<>();
    for (JsonNode component : sbom.path("components")) {
      if (component.path("group").asText().equals("io.github.auditstream")) {
        assertThat(component.has("hashes")).as("ours are other bytes with each change").isFalse();
        continue;
      }
      String jar = component.path("name").asText() + "-" + component.path("version").asText();
      assertThat(component.path("purl").asText())
          .startsWith("pkg:maven/" + component.path("group").asText() + "/");
      boolean isOfTools = component.path("name").asText().equals("picocli");
      assertThat(component.at("/licenses/0/license/id").asText())
          .isEqualTo(isOfTools ? "Apache-2.0" : "MIT");
      component
          .path("hashes")
          .forEach(
              hash -> {
                if (hash.path("alg").asText().equals("SHA-256")) {
                  named.put(
                      (isOfTools ? "tools/" : "lib/") + jar + ".jar",
                      hash.path("content").asText());
                }
              });
    }
    Map<String, String> packed = new TreeMap<>();
    archive
        .files()
        .forEach(
            (name, bytes) -> {
              if (name.matches("(lib|tools)/.*") && !name.contains("kafka-connect-office365")) {
                packed.put(name, Hash.of("SHA-256", bytes));
              }
            });

    assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(sbom.at("/metadata/component/purl").asText())
        .isEqualTo(
            "pkg:maven/io.github.auditstream/kafka-connect-office365-plugin@%s?type=pom"
                .formatted(Version.version()));
    assertThat(named).hasSize(4).isEqualTo(packed);
  }

  @Test
  void theBillOfMaterialsIsTheSameWheneverItIsMade() throws IOException {
    JsonNode sbom = json(Archive.component(), SBOM);

    assertThat(sbom.has("serialNumber")).isFalse();
    assertThat(sbom.at("/metadata/timestamp").isMissingNode()).isTrue();
  }

  private static JsonNode json(Archive archive, String name) throws IOException {
    byte[] bytes = archive.files().get(name);
    assertThat(bytes).as(name).isNotNull();
    return MAPPER.readTree(bytes);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
