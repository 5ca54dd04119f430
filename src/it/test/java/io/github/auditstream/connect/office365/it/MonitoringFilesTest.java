package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.pages.Pages;
import io.github.auditstream.connect.office365.status.metrics.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page, the alerts and the dashboard name all existing metrics and no others. */
class MonitoringFilesTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Pattern METRIC_ROW = Pattern.compile("(?m)^\\| `[a-z-]+` \\|.*$");

  @TempDir private Path folder;

  private static String row(Metric metric) {
    return String.format(
        "| `%s` | `%s` | %s | %s | %s |",
        metric.metricName(),
        MonitoringFiles.series(metric),
        metric.kind().name().toLowerCase(Locale.ROOT),
        metric.scope().tags().stream()
            .map(tag -> "`" + tag + "`")
            .collect(Collectors.joining(", ")),
        metric.description());
  }

  @Test
  void thePageHasEveryMetricAndNoOther() throws Exception {
    List<String> rows =
        METRIC_ROW
            .matcher(Files.readString(MonitoringFiles.PAGE))
            .results()
            .map(MatchResult::group)
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            Stream.of(Metric.values()).map(MonitoringFilesTest::row).toList());
  }

  @Test
  void thePageHasEveryOutcomeOfARequest() throws Exception {
    String outcomes =
        Stream.concat(
                Stream.of("ok"),
                Stream.of(ApiOutcome.Kind.values())
                    .map(kind -> kind.name().toLowerCase(Locale.ROOT)))
            .map(outcome -> "`" + outcome + "`")
            .collect(Collectors.joining(", "));

    assertThat(Files.readString(MonitoringFiles.PAGE).replaceAll("\\s+", " "))
        .contains("`outcome` is one of " + outcomes + ":");
  }

  @Test
  void countersAreNamedAsSuch() {
    assertThat(Metric.values())
        .allSatisfy(
            metric ->
                assertThat(metric.metricName().endsWith("-total"))
                    .as(metric.metricName())
                    .isEqualTo(metric.kind() == Metric.Kind.COUNTER));
  }

  @Test
  void thePageHasEveryAlertWithItsSeverityAndNoOther() throws Exception {
    TreeMap<String, String> rules = new TreeMap<>();
    Pattern.compile("(?s)- alert: (\\w+)\\n.*?severity: (\\w+)\\n")
        .matcher(Files.readString(MonitoringFiles.ALERTS))
        .results()
        .forEach(rule -> rules.put(rule.group(1), rule.group(2)));
    TreeMap<String, String> rows = new TreeMap<>();
    Pattern.compile("(?m)^\\| `(Office365\\w+)` \\| (\\w+) \\|")
        .matcher(Files.readString(MonitoringFiles.PAGE))
        .results()
        .forEach(row -> rows.put(row.group(1), row.group(2)));

    assertThat(rows).isEqualTo(rules).isNotEmpty();
  }

  @Test
  void thePagesCommandsCheckTheAlerts() throws Exception {
    PrometheusProcess.assumeInstalled();
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                "bash",
                "-euo",
                "pipefail",
                "-c",
                Pages.block(MonitoringFiles.PAGE, "by MonitoringFilesTest"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    assertThat(output)
        .content()
        .contains("SUCCESS: " + MonitoringFiles.alerts().size() + " rules found");
  }

  @Test
  void everyAlertIsTestedToFireAndNotToFire() throws Exception {
    String tests = Files.readString(MonitoringFiles.ALERT_TESTS);
    Set<String> silent = new HashSet<>();
    Set<String> fired = new HashSet<>();
    Pattern.compile("alertname: (\\w+)\\n *exp_alerts:( \\[\\])?")
        .matcher(tests)
        .results()
        .forEach(test -> (test.group(2) == null ? fired : silent).add(test.group(1)));
    Set<String> alerts = MonitoringFiles.alerts();

    assertThat(fired).isEqualTo(alerts);
    assertThat(silent).isEqualTo(alerts);
  }

  @Test
  void alertsAndDashboardNameOnlyExistingMetrics() throws Exception {
    assertThat(MonitoringFiles.allSeries())
        .containsAll(MonitoringFiles.seriesIn(Files.readString(MonitoringFiles.ALERTS)))
        .containsAll(MonitoringFiles.seriesIn(Files.readString(MonitoringFiles.ALERT_TESTS)))
        .containsAll(MonitoringFiles.seriesIn(Files.readString(MonitoringFiles.DASHBOARD)));
  }

  @Test
  void theDashboardShowsEveryMetric() throws Exception {
    assertThat(MonitoringFiles.seriesIn(String.join("\n", MonitoringFiles.dashboardQueries())))
        .isEqualTo(MonitoringFiles.allSeries());
  }

  @Test
  void theDashboardCanBeImportedWithAnyDataSource() throws Exception {
    JsonNode dashboard = MonitoringFiles.dashboard();

    assertThat(dashboard.get("uid").asText()).isEqualTo("kafka-connect-office365");
    assertThat(dashboard.has("id")).isFalse();
    assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
    assertThat(dashboard.at("/templating/list/0/name").asText()).isEqualTo("datasource");
    assertThat(dashboard.findParents("datasource"))
        .isNotEmpty()
        .allSatisfy(
            part -> assertThat(part.at("/datasource/uid").asText()).isEqualTo("${datasource}"));
    List<JsonNode> panels =
        StreamSupport.stream(dashboard.get("panels").spliterator(), false).toList();
    assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
    assertThat(panels).extracting(panel -> panel.get("title").asText()).doesNotHaveDuplicates();
  }

  @Test
  void theDashboardsPanelsDoNotOverlap() throws Exception {
    Set<String> taken = new HashSet<>();
    List<String> twice = new ArrayList<>();
    for (JsonNode panel : MonitoringFiles.dashboard().get("panels")) {
      JsonNode place = panel.get("gridPos");
      int left = place.get("x").asInt();
      int top = place.get("y").asInt();
      assertThat(left + place.get("w").asInt()).isBetween(1, 24);
      for (int x = left; x < left + place.get("w").asInt(); x++) {
        for (int y = top; y < top + place.get("h").asInt(); y++) {
          if (!taken.add(x + "," + y)) {
            twice.add(panel.get("title").asText());
          }
        }
      }
    }
    assertThat(twice).isEmpty();
  }
}
