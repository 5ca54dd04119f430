package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.auditstream.connect.office365.Office365AuditHistoryConnector;
import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.pages.Pages;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.status.metrics.Metric;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.Ports;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import io.github.auditstream.connect.office365.testkit.WorkerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files in {@code monitoring/} with the real programs: workers with the JMX exporter, and a
 * Prometheus that scrapes one of them.
 */
@ExtendWith(SharedStack.class)
class MonitoringIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^(office365_\\w+|kafka_connect_\\w+)\\{([^}]*)} (\\S+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Pattern VARIABLE = Pattern.compile("label_values\\((.*), (\\w+)\\)");

  /** Outside of label matchers, where none of these occurs as it is used here. */
  private static final Pattern COMPARISON = Pattern.compile(" (==|>|<) (?!-Inf)");

  @TempDir private Path folder;

  private record Sample(String name, Map<String, String> labels, double value) {}

  /** A worker with the exporter's agent. */
  private record Watched(WorkerProcess worker, int port) implements AutoCloseable {
    static Watched start(ConnectStack stack, String version) throws IOException {
      int port = Ports.free();
      WorkerSettings settings = stack.workerSettings();
      List<String> flags = new ArrayList<>(settings.jvmFlags());
      flags.add(
          "-javaagent:%s=127.0.0.1:%d:%s"
              .formatted(
                  Repository.file("target/jmx-exporter/jmx_prometheus_javaagent.jar"),
                  port,
                  MonitoringFiles.EXPORTER));
      return new Watched(
          stack.startWorker(settings.withKafka(stack.folders().kafka(version)).withJvmFlags(flags)),
          port);
    }

    List<Sample> samples() throws IOException, InterruptedException {
      return SAMPLE
          .matcher(PrometheusProcess.text(URI.create("http://127.0.0.1:" + port + "/metrics")))
          .results()
          .map(
              found ->
                  new Sample(
                      found.group(1), labels(found.group(2)), Double.parseDouble(found.group(3))))
          .toList();
    }

    private static Map<String, String> labels(String text) {
      Map<String, String> labels = new LinkedHashMap<>();
      LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(2)));
      return labels;
    }

    List<Sample> of(Metric metric) throws IOException, InterruptedException {
      return samples().stream()
          .filter(sample -> sample.name().equals(MonitoringFiles.series(metric)))
          .toList();
    }

    double sum(Metric metric) throws IOException, InterruptedException {
      return of(metric).stream().mapToDouble(Sample::value).sum();
    }

    @Override
    public void close() {
      worker.close();
    }
  }

  private static Map<String, String> config(Simulator simulator, String name) {
    Map<String, String> config = new SimulatedConnector(simulator, name).config(2);
    config.put("content.types", "Audit.Exchange,Audit.SharePoint");
    config.put("tenants.t0.client.secret.expires", "2999-01-01");
    return config;
  }

  /** One task that reads a day of history. */
  private static Map<String, String> historyConfig(Simulator simulator, String name) {
    Map<String, String> config = new SimulatedConnector(simulator, name).config(1);
    config
        .keySet()
        .removeAll(Set.of("poll.interval.ms", "initial.lookback", "management.endpoint"));
    config.put("connector.class", Office365AuditHistoryConnector.class.getName());
    config.put("tenants.t0.client.secret.expires", "2999-01-01");
    Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
    config.put("history.from", today.minus(Duration.ofDays(13)).toString());
    config.put("history.until", today.minus(Duration.ofDays(12)).toString());
    config.put("history.poll.interval.ms", "250");
    config.put("deduplicate", "none");
    return config;
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.7.2", "3.9.2", "4.3.1"})
  void everyWorkerShowsTheSameMetricsUntilTheConnectorIsGone(String version, ConnectStack stack)
      throws Exception {
    String name = "monitored," + version;
    String history = name + "-history";
    try (Simulator simulator = Simulator.builder().tenant(t -> t.subscribedToAll()).start();
        Watched watched = Watched.start(stack, version)) {
      SimulatedTenant tenant = simulator.tenant();
      tenant.history(ContentType.EXCHANGE, Duration.ofHours(1), 3, 4);
      Map<String, String> config = config(simulator, "monitored-" + version);
      watched.worker().rest().put(name, config);
      watched
          .worker()
          .rest()
          .put(history, historyConfig(simulator, "monitored-" + version + "-history"));
      await("both tasks, and what one of them reads")
          .atMost(LIMIT)
          .until(
              () ->
                  watched.sum(Metric.EVENTS_PRODUCED_TOTAL) == 12
                      && watched.sum(Metric.RECEIPTS_TOTAL) == 3
                      && watched.of(Metric.LAG_SECONDS).size() == 2
                      && watched.sum(Metric.HISTORY_SLICES_DONE) == 1
                      && runningTasks(watched, name) == 2);

      List<Sample> samples =
          watched.samples().stream()
              .filter(sample -> sample.name().startsWith("office365_"))
              .toList();
      Map<String, Set<String>> labels = new TreeMap<>();
      samples.forEach(sample -> labels.put(sample.name(), new TreeSet<>(sample.labels().keySet())));
      assertThat(labels)
          .isEqualTo(
              new TreeMap<>(
                  Stream.of(Metric.values())
                      .collect(
                          Collectors.toMap(MonitoringFiles::series, MonitoringFiles::labels))));
      assertThat(samples)
          .allSatisfy(sample -> assertThat(sample.labels().get("connector")).isIn(name, history))
          .filteredOn(sample -> sample.labels().containsKey("content_type"))
          .allSatisfy(
              sample -> assertThat(sample.labels()).containsEntry("tenant", tenant.id().toString()))
          .extracting(sample -> sample.labels().get("task"), s -> s.labels().get("content_type"))
          .containsOnly(tuple("0", "Audit.Exchange"), tuple("1", "Audit.SharePoint"));
      assertThat(watched.sum(Metric.FEEDS)).isEqualTo(2);
      assertThat(watched.sum(Metric.QUOTA_REQUESTS_PER_MINUTE)).isBetween(1999.0, 2000.0);

      watched.worker().rest().delete(name);
      watched.worker().rest().delete(history);
      await()
          .atMost(LIMIT)
          .until(
              () ->
                  watched.samples().stream()
                      .noneMatch(sample -> sample.name().startsWith("office365_")));
    }
  }

  private static double runningTasks(Watched watched, String connector) throws Exception {
    Map<String, String> labels = Map.of("connector", connector, "status", "running");
    return watched.samples().stream()
        .filter(sample -> sample.name().equals("kafka_connect_connector_tasks"))
        .filter(sample -> sample.labels().equals(labels))
        .mapToDouble(Sample::value)
        .sum();
  }

  @Test
  void prometheusAnswersEveryQueryAndItsAlertsFire(ConnectStack stack) throws Exception {
    PrometheusProcess.assumeInstalled();
    String name = "prometheus-it";
    String history = name + "-history";
    try (Simulator simulator = Simulator.builder().tenant(t -> t.subscribedToAll()).start();
        Watched watched = Watched.start(stack, "4.3.1");
        PrometheusProcess prometheus =
            PrometheusProcess.start(configuration(watched.port()), folder)) {
      SimulatedTenant tenant = simulator.tenant();
      tenant.history(ContentType.EXCHANGE, Duration.ofHours(1), 3, 4);
      PublishedBlob unreadable =
          tenant.blob(ContentType.SHAREPOINT).createdAgo(Duration.ofHours(1)).events(1).add();
      simulator.on(unreadable).always().meets(Fault.emptyBody());
      tenant
          .blob(ContentType.SHAREPOINT)
          .createdAgo(Duration.ofMinutes(50))
          .body("[{\"Id\":\"a\",\"RecordType\":6,\"Workload\":\"SharePoint\"},17]")
          .add();
      watched.worker().rest().put(name, config(simulator, name));
      watched.worker().rest().put(history, historyConfig(simulator, history));

      await("a dead letter").atMost(LIMIT).until(() -> prometheus.fires("Office365DeadLetters"));
      await("a parked blob").atMost(LIMIT).until(() -> prometheus.fires("Office365BlobsParked"));
      answersEveryQuery(prometheus);
      assertThat(prometheus.fires("Office365TokenFailing")).isFalse();
      assertThat(prometheus.fires("Office365SecretEnding")).isFalse();

      tenant.expireSecret();
      tenant.revokeTokens();
      for (String alert :
          List.of("Office365TokenFailing", "Office365SecretEnded", "Office365FeedTroubled")) {
        await(alert).atMost(LIMIT).until(() -> prometheus.fires(alert));
      }
      assertThat(prometheus.fires("Office365FeedsMissing")).isFalse();
      watched.worker().rest().delete(name);
      watched.worker().rest().delete(history);
      await("a missing connector")
          .atMost(LIMIT)
          .until(() -> prometheus.fires("Office365FeedsMissing"));
    }
  }

  /** The page's, with this worker, every second, and with alerts that fire at once. */
  private Path configuration(int port) throws IOException {
    Path alerts =
        Files.writeString(
            folder.resolve("alerts.yml"),
            Files.readString(MonitoringFiles.ALERTS).replaceAll("(?m)^( +for: ).*$", "$10s"));
    List<String> pages = Pages.blocks(MonitoringFiles.PAGE, "yaml");
    assertThat(pages).hasSize(1);
    String page = pages.get(0);
    assertThat(page).contains("connect:9404", "15s", Repository.name(MonitoringFiles.ALERTS));
    return Files.writeString(
        folder.resolve("prometheus.yml"),
        page.replace("connect:9404", "127.0.0.1:" + port)
            .replace("15s", "1s")
            .replace(Repository.name(MonitoringFiles.ALERTS), alerts.toString()));
  }

  private static void answersEveryQuery(PrometheusProcess prometheus) throws Exception {
    List<String> queries = new ArrayList<>();
    for (String query : MonitoringFiles.dashboardQueries()) {
      queries.add(withoutVariables(query));
    }
    for (JsonNode variable : MonitoringFiles.dashboard().at("/templating/list")) {
      for (MatchResult query :
          VARIABLE.matcher(variable.path("definition").asText()).results().toList()) {
        queries.add(
            "count by (%s) (%s)".formatted(query.group(2), withoutVariables(query.group(1))));
      }
    }
    int alerts = MonitoringFiles.alerts().size();
    assertThat(prometheus.rules()).hasSize(alerts);
    for (JsonNode rule : prometheus.rules()) {
      assertThat(rule.path("lastError").asText("")).as(rule.get("name").asText()).isEmpty();
      // A comparison with "bool" gives 0 or 1 for every series there is, not only those that are
      // worth an alert.
      queries.add(COMPARISON.matcher(rule.get("query").asText()).replaceAll(" $1 bool "));
    }
    assertThat(queries).hasSizeGreaterThan(alerts + 3 + 20);
    for (String query : queries) {
      await(query).atMost(LIMIT).until(() -> !prometheus.query(query).isEmpty());
    }
  }

  private static String withoutVariables(String query) {
    String plain =
        query
            .replace("$__rate_interval", "1m")
            .replaceAll("\"\\$(connector|tenant|content_type)\"", "\".*\"");
    assertThat(plain).doesNotContain("$");
    return plain;
  }
}
