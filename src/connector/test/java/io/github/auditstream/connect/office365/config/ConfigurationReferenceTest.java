package io.github.auditstream.connect.office365.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.GeneratedText;
import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
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

  @Test
  void theHistorysIsWhatItsDefinitionSays() throws Exception {
    GeneratedText.assertPage(
        Repository.file("docs", "history-configuration.md"),
        ConfigurationReference.history(
            Office365AuditHistoryConfig.definition(), Office365AuditSourceConfig.definition()));
  }

  @Test
  void theHistorysHasEveryKeyAndRepeatsNone() {
    String page =
        ConfigurationReference.history(
            Office365AuditHistoryConfig.definition(), Office365AuditSourceConfig.definition());

    for (String key : Office365AuditHistoryConfig.definition().names()) {
      boolean shared = Office365AuditSourceConfig.definition().names().contains(key);
      assertThat(page)
          .containsOnlyOnce(shared ? "[`" + key + "`](configuration.md#" : "### `" + key + "`\n");
    }
  }

  @Test
  void theHistorysLeastConfigurationIsTaken() throws Exception {
    Properties least = new Properties();
    least.load(new StringReader(ConfigurationReference.LEAST_HISTORY));
    Map<String, String> props = new HashMap<>();
    least.forEach((key, value) -> props.put(key.toString(), value.toString()));
    props.put("client.secret", "resolved");

    assertThat(Configurations.historyErrors(props)).isEmpty();
  }
}
