package io.github.auditstream.connect.office365.config;

import static io.github.auditstream.connect.office365.config.Configurations.OTHER_APP;
import static io.github.auditstream.connect.office365.config.Configurations.oneTenant;
import static io.github.auditstream.connect.office365.config.Configurations.with;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each key has an example that differs from its default and changes the settings. */
class EveryKeyTest {
  private final KeyExamples examples;

  EveryKeyTest(@TempDir Path folder) throws IOException {
    Map<String, String> base = oneTenant();
    examples = new KeyExamples(folder, base, "management.endpoint");
    examples.add("publisher.id", with(base, "publisher.id", OTHER_APP));
    examples.add(
        "management.endpoint",
        with(examples.custom(), "management.endpoint", "https://c.example:444"));
    examples.add("content.types", with(base, "content.types", "Audit.Exchange, Audit.General"));
    examples.add("initial.lookback", with(base, "initial.lookback", "P7D"));
    examples.add("receipts.topic", with(base, "receipts.topic", "audit-receipts"));
    examples.add("poll.interval.ms", with(base, "poll.interval.ms", "100"));
    examples.add("overlap", with(base, "overlap", "PT0S"));
    examples.add("catch.up.order", with(base, "catch.up.order", "newest-first"));
    examples.add("requests.per.minute", with(base, "requests.per.minute", "60000"));
    examples.add("fetch.concurrency", with(base, "fetch.concurrency", "256"));
  }

  @Test
  void hasAnExample() {
    examples.areOfEveryKey(Office365AuditSourceConfig.definition());
  }

  @Test
  void differsFromItsDefaultInTheExample() {
    examples.differFromTheDefaults(Office365AuditSourceConfig.definition());
  }

  @Test
  void changesTheSettings() {
    examples.change(
        Office365AuditSourceConfig.parse(oneTenant()), Office365AuditSourceConfig::parse);
  }

  @Test
  void isValidInTheExample() {
    examples.areValid(Configurations::errors);
  }
}
