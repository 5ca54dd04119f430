package io.github.auditstream.connect.office365.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.model.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

/** {@code docs/transforms.md} says what the transforms' definitions say. */
class TransformsPageTest {

  private static final Path PAGE = Repository.file("docs", "transforms.md");
  private static final Package ROOM = ToEcs.class.getPackage();

  @Test
  void hasTheTablesThatTheDefinitionsMake() throws Exception {
    String page = Files.readString(PAGE);
    String current = TransformsPage.current(page);
    if (Boolean.getBoolean("office365.docs.write")) {
      Files.writeString(PAGE, current);
    }

    assertThat(PAGE)
        .as("write it anew by: mvn test -Dtest=TransformsPageTest -Doffice365.docs.write=true")
        .usingCharset(StandardCharsets.UTF_8)
        .hasContent(current);
  }

  @Test
  void namesEveryTransformAndKey() throws Exception {
    String page = Files.readString(PAGE);

    TransformsPage.transforms()
        .forEach(
            (name, transform) -> {
              assertThat(page).contains("`" + name + "`");
              assertThat(transform.config().names())
                  .allSatisfy(key -> assertThat(page).contains("| `" + key + "` ("));
            });
  }

  @Test
  void documentsEachKeyForPeopleAndInterfaces() {
    assertThat(TransformsPage.transforms().values())
        .flatExtracting(transform -> transform.config().configKeys().values())
        .allSatisfy(
            key -> {
              assertThat(key.documentation).endsWith(".");
              assertThat(key.group).isNotBlank();
              assertThat(key.displayName).isNotBlank();
            });
  }

  @Test
  void findsEachTransformAsAServiceWithTheBuildsVersion() {
    assertThat(ServiceLoader.load(Transformation.class))
        .filteredOn(found -> found.getClass().getPackage().equals(ROOM))
        .allSatisfy(found -> assertThat(((Versioned) found).version()).isEqualTo(Version.version()))
        .extracting(found -> found.getClass().getName())
        .containsExactlyInAnyOrderElementsOf(
            TransformsPage.transforms().values().stream()
                .map(transform -> transform.getClass().getName())
                .toList());
  }
}
