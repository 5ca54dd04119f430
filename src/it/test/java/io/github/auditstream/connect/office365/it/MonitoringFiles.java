package io.github.auditstream.connect.office365.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.pages.Pages;
import io.github.auditstream.connect.office365.status.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files in {@code monitoring/} and their page, as tests need them. */
final class MonitoringFiles {
  static final Path FOLDER = Repository.file("monitoring");
  static final Path ALERTS = FOLDER.resolve("prometheus-alerts.yml");
  static final Path ALERT_TESTS = FOLDER.resolve("prometheus-alerts-test.yml");
  static final Path EXPORTER = FOLDER.resolve("jmx-exporter.yml");
  static final Path DASHBOARD = FOLDER.resolve("grafana-dashboard.json");
  static final Path PAGE = Pages.doc("monitoring.md");

  private static final Pattern OWN_SERIES = Pattern.compile("office365_\\w+");

  private MonitoringFiles() {}

  /** A metric's name in Prometheus. */
  static String series(Metric metric) {
    return "office365_" + metric.metricName().replace('-', '_');
  }

  /** A metric's labels in Prometheus, in no order. */
  static Set<String> labels(Metric metric) {
    return metric.scope().tags().stream()
        .map(tag -> tag.equals("contentType") ? "content_type" : tag)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Set<String> allSeries() {
    return Stream.of(Metric.values())
        .map(MonitoringFiles::series)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The connector's own series that a text names. */
  static Set<String> seriesIn(String text) {
    return OWN_SERIES
        .matcher(text)
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names of the alerts. */
  static Set<String> alerts() throws IOException {
    return Pattern.compile("- alert: (\\w+)")
        .matcher(Files.readString(ALERTS))
        .results()
        .map(rule -> rule.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(DASHBOARD.toFile());
  }

  /** The queries of the dashboard's panels. */
  static List<String> dashboardQueries() throws IOException {
    List<String> queries = new ArrayList<>();
    for (JsonNode panel : dashboard().get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(target.get("expr").asText());
      }
    }
    return queries;
  }
}
