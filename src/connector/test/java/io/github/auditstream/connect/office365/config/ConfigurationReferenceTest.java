package io.github.auditstream.connect.office365.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.Repository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} says what the connector's definition says. */
class ConfigurationReferenceTest {
  private static final Path PAGE = Repository.file("docs", "configuration.md");

  @Test
  void isWhatTheDefinitionSays() throws Exception {
    String page = ConfigurationReference.markdown(Office365AuditSourceConfig.definition());
    if (Boolean.getBoolean("office365.docs.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE)
        .as(
            "write it anew by: mvn test -Dtest=ConfigurationReferenceTest"
                + " -Doffice365.docs.write=true")
        .usingCharset(StandardCharsets.UTF_8)
        .hasContent(page);
  }

  @Test
  void hasEveryKeyOnce() {
    String page = ConfigurationReference.markdown(Office365AuditSourceConfig.definition());

    assertThat(Office365AuditSourceConfig.definition().names())
        .allSatisfy(key -> assertThat(page).containsOnlyOnce("### `" + key + "`\n"));
  }
}
