package io.github.auditstream.connect.office365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.SelfSignedCertificate;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.status.metrics.Metric;
import io.github.auditstream.connect.office365.wiring.ObservedTenant;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.metrics.KafkaMetricsContext;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a running task, on workers with and without those of Kafka for plugins. */
class TaskMetricsTest {
  private static final MBeanServer MBEANS = ManagementFactory.getPlatformMBeanServer();
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private Simulator simulator;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.builder().tenant(tenant -> tenant.subscribedToAll()).start();
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  private TaskRig rig(String name) {
    return new TaskRig(simulator).named(name).reading(ContentType.EXCHANGE, ContentType.GENERAL);
  }

  /** The attributes of each MBean of a connector. */
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

  private String feedBean(String connector) {
    return "kafka.connect:type=plugins,connector="
        + connector
        + ",task=0,tenant="
        + simulator.tenant().id()
        + ",contentType=Audit.Exchange";
  }

  private String tenantBean(String connector) {
    return "kafka.connect:type=plugins,connector="
        + connector
        + ",task=0,tenant="
        + simulator.tenant().id();
  }

  private static double value(String bean, Metric metric) {
    try {
      return ((Number) MBEANS.getAttribute(new ObjectName(bean), metric.metricName()))
          .doubleValue();
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> metrics(Metric.Scope scope) {
    return Stream.of(Metric.values())
        .filter(metric -> metric.scope() == scope)
        .map(Metric::metricName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Metrics kafkasMetrics() {
    JmxReporter reporter = new JmxReporter();
    reporter.configure(Map.of());
    return new Metrics(
        new MetricConfig(),
        List.of(reporter),
        Time.SYSTEM,
        new KafkaMetricsContext("kafka.connect"));
  }

  @Test
  void areMBeansFromStartToStop() throws Exception {
    simulator
        .tenant()
        .blob(ContentType.EXCHANGE)
        .createdAgo(Duration.ofMinutes(10))
        .events(3)
        .add();
    Office365AuditSourceTask task = rig("plain").start();
    try {
      assertThat(beans("plain"))
          .hasSize(2 + 1 + ObservedTenant.outcomes().size())
          .containsEntry(feedBean("plain"), metrics(Metric.Scope.FEED))
          .containsEntry(tenantBean("plain"), metrics(Metric.Scope.TENANT));
      for (String outcome : ObservedTenant.outcomes()) {
        assertThat(beans("plain"))
            .containsEntry(
                tenantBean("plain") + ",outcome=" + outcome, metrics(Metric.Scope.OUTCOME));
      }
      awaitMetric(task, feedBean("plain"), Metric.EVENTS_PRODUCED_TOTAL, 3);
      assertThat(value(tenantBean("plain") + ",outcome=ok", Metric.REQUESTS_TOTAL)).isPositive();
      assertThat(value(tenantBean("plain"), Metric.QUOTA_REQUESTS_PER_MINUTE)).isEqualTo(2000);
      assertThat(value(tenantBean("plain"), Metric.QUOTA_LEFT_REQUESTS)).isBetween(1.0, 1999.0);
      assertThat(value(tenantBean("plain"), Metric.TOKEN_SECONDS_LEFT)).isPositive();
      assertThat(value(tenantBean("plain"), Metric.SECRET_DAYS_LEFT)).isNaN();
    } finally {
      task.stop();
    }
    assertThat(beans("plain")).isEmpty();
  }

  @Test
  void countWhatConnectDropsAsTheStatusRecordDoes() throws Exception {
    Office365AuditSourceTask task = rig("drops").start();
    try {
      List<SourceRecord> first = new ArrayList<>();
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                List<SourceRecord> more = task.poll();
                first.addAll(more == null ? List.of() : more);
                return first.stream().anyMatch(TaskMetricsTest::isOfExchange);
              });
      SourceRecord dropped = first.stream().filter(TaskMetricsTest::isOfExchange).findFirst().get();
      first.forEach(
          record -> task.commitRecord(record, record.equals(dropped) ? null : metadata(record)));

      assertThat(value(feedBean("drops"), Metric.RECORDS_DROPPED_TOTAL)).isEqualTo(1);
      assertThat(value(feedBean("drops"), Metric.DELIVERY_BLOCKED_SECONDS)).isZero();
      List<SourceRecord> next = new ArrayList<>();
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                List<SourceRecord> more = task.poll();
                next.addAll(more == null ? List.of() : more);
                return next.stream()
                    .filter(TaskMetricsTest::isOfExchange)
                    .anyMatch(
                        record ->
                            Long.valueOf(1)
                                .equals(((Struct) record.value()).get("DroppedRecords")));
              });
    } finally {
      task.stop();
    }
  }

  private static boolean isOfExchange(SourceRecord record) {
    return String.valueOf(record.key()).endsWith("/Audit.Exchange");
  }

  private static RecordMetadata metadata(SourceRecord record) {
    return new RecordMetadata(new TopicPartition(record.topic(), 0), 0, 0, 0, 0, 0);
  }

  @Test
  void haveTheSameNamesWhereKafkaRegistersThem() throws Exception {
    Office365AuditSourceTask old = rig("same").start();
    Map<String, Set<String>> ofOldWorkers = beans("same");
    old.stop();
    assertThat(beans("same")).isEmpty();
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("connector", "same");
    tags.put("task", "0");
    try (Metrics registry = kafkasMetrics();
        PluginMetricsImpl ofPlugin = new PluginMetricsImpl(registry, tags)) {
      Office365AuditSourceTask task = rig("same").metrics(ofPlugin).start();
      try {
        assertThat(beans("same")).isEqualTo(ofOldWorkers).isNotEmpty();
        assertThat(value(tenantBean("same"), Metric.QUOTA_REQUESTS_PER_MINUTE)).isEqualTo(2000);
      } finally {
        task.stop();
      }
      assertThat(beans("same")).isEmpty();
    }
  }

  @Test
  void neverPreventATaskFromStarting() throws Exception {
    Office365AuditSourceTask first = rig("twice").start();
    try {
      Office365AuditSourceTask second = rig("twice").start();
      second.stop();

      assertThat(beans("twice")).containsKey(feedBean("twice"));
    } finally {
      first.stop();
    }
    assertThat(beans("twice")).isEmpty();
  }

  @Test
  void theSuccessorsMetricsStayWhenAnAbandonedTaskEnds() throws Exception {
    Office365AuditSourceTask givenUp = rig("successor").start();
    Office365AuditSourceTask task = rig("successor").start();
    try {
      givenUp.stop();
      assertThat(beans("successor")).isEmpty();

      awaitBeans(task, "successor");
    } finally {
      task.stop();
    }
    assertThat(beans("successor")).isEmpty();
  }

  @Test
  void theSuccessorsMetricsStayAlsoWhereKafkaRegistersThem() throws Exception {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("connector", "registered");
    tags.put("task", "0");
    try (Metrics registry = kafkasMetrics();
        PluginMetricsImpl metrics = new PluginMetricsImpl(registry, tags)) {
      Office365AuditSourceTask task;
      try (PluginMetricsImpl earlier = new PluginMetricsImpl(registry, tags)) {
        Office365AuditSourceTask givenUp = rig("registered").metrics(earlier).start();
        task = rig("registered").metrics(metrics).start();
        givenUp.stop();
      }
      try {
        assertThat(beans("registered")).isEmpty();

        awaitBeans(task, "registered");
      } finally {
        task.stop();
      }
    }
    assertThat(beans("registered")).isEmpty();
  }

  @Test
  void areQuotedAsKafkaQuotesThem() throws Exception {
    Office365AuditSourceTask task = rig("a,b").start();
    try {
      assertThat(beans("\"a,b\"")).isNotEmpty();
    } finally {
      task.stop();
    }
    assertThat(beans("\"a,b\"")).isEmpty();
  }

  @Test
  void knowTheEndOfASecretThatTheConfigurationTells() {
    Office365AuditSourceTask task =
        rig("secret").with("tenants.t.client.secret.expires", "2999-01-01").start();
    try {
      awaitSecret(task, "secret", 100_000);
    } finally {
      task.stop();
    }
  }

  @Test
  void knowTheEndOfACertificate(@TempDir Path folder) throws Exception {
    SelfSignedCertificate certificate = SelfSignedCertificate.forApplication(folder, "app");
    simulator.tenant().registerCertificate(certificate.certificate());
    Office365AuditSourceTask task =
        rig("certificate")
            .without("tenants.t.client.secret")
            .with("tenants.t.client.certificate.location", certificate.pkcs12().toString())
            .with("tenants.t.client.certificate.password", certificate.password())
            .start();
    try {
      awaitSecret(task, "certificate", 0);
      Instant end = certificate.certificate().getNotAfter().toInstant();
      double left = value(tenantBean("certificate"), Metric.SECRET_DAYS_LEFT);
      assertThat(Instant.now().plusSeconds((long) (left * Duration.ofDays(1).toSeconds())))
          .isBetween(end.minusSeconds(60), end.plusSeconds(60));
    } finally {
      task.stop();
    }
  }

  @Test
  void sayThatEntraIdCallsTheSecretExpired() {
    simulator.tenant().expireSecret();
    Office365AuditSourceTask task = rig("expired").start();
    try {
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                task.poll();
                return value(tenantBean("expired"), Metric.TOKEN_FAILURES_TOTAL) > 0
                    && value(tenantBean("expired"), Metric.SECRET_DAYS_LEFT) == 0;
              });
    } finally {
      task.stop();
    }
  }

  @Test
  void connectorMetricsCountFeedsAndTenants() throws Exception {
    Office365AuditSourceConnector connector = new Office365AuditSourceConnector();
    connector.start(
        new TaskRig(simulator)
            .named("whole")
            .with("content.types", "Audit.Exchange,Audit.General")
            .connectorProps());
    String bean = "kafka.connect:type=plugins,connector=whole";

    assertThat(MBEANS.isRegistered(new ObjectName(bean))).isTrue();
    assertThat(value(bean, Metric.FEEDS)).isEqualTo(2);
    assertThat(value(bean, Metric.TENANTS)).isEqualTo(1);
    connector.stop();
    assertThat(MBEANS.isRegistered(new ObjectName(bean))).isFalse();
  }

  private void awaitSecret(Office365AuditSourceTask task, String connector, double more) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              task.poll();
              return value(tenantBean(connector), Metric.SECRET_DAYS_LEFT) > more;
            });
  }

  private void awaitBeans(Office365AuditSourceTask task, String connector) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              task.poll();
              return beans(connector).containsKey(feedBean(connector));
            });
  }

  private static void awaitMetric(
      Office365AuditSourceTask task, String bean, Metric metric, double wanted) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              task.poll();
              return value(bean, metric) == wanted;
            });
  }
}
