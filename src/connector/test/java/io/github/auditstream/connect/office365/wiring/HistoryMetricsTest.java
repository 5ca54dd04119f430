package io.github.auditstream.connect.office365.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.config.HistoryTaskConfig;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.AdjustableClock;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.simulator.graph.QueryCourse;
import io.github.auditstream.connect.office365.status.metrics.Metric;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the metrics say of a history, and that they are there as long as its task is. */
class HistoryMetricsTest {
  private static final MBeanServer MBEANS = ManagementFactory.getPlatformMBeanServer();
  private static final int DAYS = 3;

  private final AdjustableClock clock = AdjustableClock.running();
  private Simulator simulator;
  private SimulatedTenant tenant;
  private HistoryRig rig;
  private Instant from;
  private Instant until;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.builder().clock(clock).tenant(t -> t.subscribedToAll()).start();
    tenant = simulator.tenant();
    until = clock.instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(10));
    from = until.minus(Duration.ofDays(DAYS));
    rig =
        new HistoryRig(simulator, tenant, clock)
            .with("history.from", from.toString())
            .with("history.until", until.toString());
  }

  @AfterEach
  void stop() {
    rig.close();
    simulator.close();
  }

  private void publish(int events) {
    tenant
        .blob(ContentType.EXCHANGE)
        .created(from.plus(Duration.ofHours(30)))
        .events(events)
        .onlySearchable()
        .add();
  }

  @Test
  void sayHowFarItIs() throws Exception {
    publish(20);
    rig.start();
    rig.runUntil(() -> rig.is("DONE"));

    int offered = tenant.queries().idsBetween(from, until, clock.instant()).size();
    assertThat(offered).isPositive();
    assertThat(rig.metric(Metric.HISTORY_SLICES)).isEqualTo(DAYS);
    assertThat(rig.metric(Metric.HISTORY_SLICES_DONE)).isEqualTo(DAYS);
    assertThat(rig.metric(Metric.HISTORY_SLICES_INCOMPLETE)).isZero();
    assertThat(rig.metric(Metric.HISTORY_SECONDS_LEFT)).isZero();
    assertThat(rig.metric(Metric.HISTORY_QUERIES_TODAY)).isEqualTo(DAYS);
    assertThat(rig.metric(Metric.HISTORY_TROUBLED)).isZero();
    assertThat(rig.metric(Metric.HISTORY_EVENTS_PRODUCED_TOTAL)).isEqualTo(offered);
    assertThat(rig.metric(Metric.HISTORY_DEAD_LETTERS_TOTAL)).isZero();
    assertThat(rig.metric(Metric.KNOWN_EVENT_IDS)).isGreaterThanOrEqualTo(offered);
    assertThat(rig.metric(Metric.THROTTLED)).isZero();
    assertThat(rig.metric(Metric.TOKEN_SECONDS_LEFT)).isPositive();
  }

  @Test
  void countFromTheStartOfATaskOn() throws Exception {
    publish(20);
    rig.start();
    rig.runUntil(() -> !rig.events().isEmpty() && rig.is("DONE"));
    rig.kill();
    rig.start();
    rig.runUntil(() -> rig.metric(Metric.HISTORY_SLICES_DONE) == DAYS);

    assertThat(rig.metric(Metric.HISTORY_EVENTS_PRODUCED_TOTAL)).isZero();
    assertThat(rig.metric(Metric.KNOWN_EVENT_IDS)).isGreaterThanOrEqualTo(rig.events().size());
  }

  @Test
  void countWhatIsNotSentAgain() throws Exception {
    publish(20);
    rig.start();
    rig.runUntil(() -> rig.is("DONE"));
    rig.kill();
    int events = rig.events().size();
    // The events' day is read once more, as another slice.
    rig.with("history.from", from.plus(Duration.ofDays(1)).plusSeconds(1).toString());
    rig.start();
    rig.runUntil(() -> rig.metric(Metric.HISTORY_EVENTS_ALREADY_THERE_TOTAL) >= events);

    assertThat(rig.metric(Metric.HISTORY_EVENTS_PRODUCED_TOTAL)).isZero();
    assertThat(rig.events()).hasSize(events);
  }

  @Test
  void sayWhatIsGivenUp() throws Exception {
    publish(20);
    tenant
        .querySettings()
        .nextCourses(
            Stream.generate(() -> QueryCourse.failsAtPoll(1))
                .limit(100)
                .toArray(QueryCourse[]::new));
    rig.start();
    rig.runUntil(() -> rig.is("INCOMPLETE"));

    assertThat(rig.metric(Metric.HISTORY_SLICES_INCOMPLETE)).isEqualTo(DAYS);
    assertThat(rig.metric(Metric.HISTORY_SLICES_DONE)).isZero();
    assertThat(rig.metric(Metric.HISTORY_EVENTS_PRODUCED_TOTAL)).isZero();
  }

  private static Map<String, Set<String>> beans(String connector) throws JMException {
    Map<String, Set<String>> found = new TreeMap<>();
    for (ObjectName bean :
        MBEANS.queryNames(
            new ObjectName("kafka.connect:type=plugins,connector=" + connector + ",*"), null)) {
      found.put(
          bean.toString(),
          Arrays.stream(MBEANS.getMBeanInfo(bean).getAttributes())
              .map(MBeanAttributeInfo::getName)
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    return found;
  }

  private static Set<String> metrics(Metric.Scope scope) {
    return Stream.of(Metric.values())
        .filter(metric -> metric.scope() == scope)
        .map(Metric::metricName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void areMBeansFromStartToClose() throws Exception {
    Map<String, String> props =
        HistoryTaskConfig.forTask(
            rig.with("name", "history").with("deduplicate", "none").props(), List.of("default"), 0);
    String ofTask = "kafka.connect:type=plugins,connector=history,task=0";
    String ofTenant = ofTask + ",tenant=" + tenant.id();
    RunningHistory task = RunningHistory.start(props, new Context(props), Environment.of(clock));
    try {
      Set<String> tenants = metrics(Metric.Scope.HISTORY);
      tenants.addAll(metrics(Metric.Scope.TENANT));
      tenants.removeAll(
          Set.of(
              Metric.QUOTA_LEFT_REQUESTS.metricName(),
              Metric.QUOTA_REQUESTS_PER_MINUTE.metricName()));
      assertThat(beans("history"))
          .hasSize(2 + ObservedTenant.outcomes().size())
          .containsEntry(ofTask, metrics(Metric.Scope.TASK))
          .containsEntry(ofTenant, tenants)
          .containsEntry(ofTenant + ",outcome=ok", metrics(Metric.Scope.OUTCOME));
    } finally {
      task.close();
    }
    assertThat(beans("history")).isEmpty();
  }

  /** Of a worker before Kafka 4.1 that has stored nothing. */
  private record Context(Map<String, String> configs)
      implements SourceTaskContext, OffsetStorageReader {
    @Override
    public OffsetStorageReader offsetStorageReader() {
      return this;
    }

    @Override
    public PluginMetrics pluginMetrics() {
      throw new NoSuchMethodError("as on a worker before Kafka 4.1");
    }

    @Override
    public <T> Map<String, Object> offset(Map<String, T> partition) {
      return null;
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
        Collection<Map<String, T>> partitions) {
      return Map.of();
    }
  }
}
