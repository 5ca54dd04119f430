package io.github.auditstream.connect.office365.config;

import static io.github.auditstream.connect.office365.config.Configurations.history;
import static io.github.auditstream.connect.office365.config.Configurations.with;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each key of the history has an example that differs from its default and changes the settings.
 */
class HistoryEveryKeyTest {
  private final KeyExamples examples;

  HistoryEveryKeyTest(@TempDir Path folder) throws IOException {
    Map<String, String> base = history();
    examples = new KeyExamples(folder, base, "graph.endpoint");
    examples.add("history.from", with(base, "history.from", "2026-05-04T08:00:00Z"));
    examples.add("history.until", with(base, "history.until", "2026-07-01"));
    examples.add("history.gaps", with(base, "history.gaps", "true"));
    examples.add("history.order", with(base, "history.order", "newest-first"));
    examples.add("history.settled.after", with(base, "history.settled.after", "PT72H"));
    examples.add(
        "history.record.types",
        with(base, "history.record.types", "exchangeAdmin,sharePointFileOperation"));
    examples.add("deduplicate", with(base, "deduplicate", "none"));
    examples.add(
        "kafka.bootstrap.servers",
        with(base, "kafka.bootstrap.servers", "kafka-1:9092,kafka-2:9092"));
    examples.add("history.topic", with(base, "history.topic", "office365.audit-ledger"));
    examples.add("import.folder", with(base, "import.folder", "/var/exports"));
    examples.add("history.queries.per.day", with(base, "history.queries.per.day", "100"));
    examples.add("history.concurrency", with(base, "history.concurrency", "1"));
    examples.add("history.stuck.after", with(base, "history.stuck.after", "PT1H"));
    examples.add("history.poll.interval.ms", with(base, "history.poll.interval.ms", "100"));
    examples.add("history.page.size", with(base, "history.page.size", "500"));
    examples.add("history.api.version", with(base, "history.api.version", "beta"));
  }

  @Test
  void hasAnExample() {
    examples.areOfEveryKey(Office365AuditHistoryConfig.definition());
  }

  @Test
  void differsFromItsDefaultInTheExample() {
    examples.differFromTheDefaults(Office365AuditHistoryConfig.definition());
  }

  @Test
  void changesTheSettings() {
    examples.change(
        Office365AuditHistoryConfig.parse(history()), Office365AuditHistoryConfig::parse);
  }

  @Test
  void isValidInTheExample() {
    examples.areValid(Configurations::historyErrors);
  }
}
