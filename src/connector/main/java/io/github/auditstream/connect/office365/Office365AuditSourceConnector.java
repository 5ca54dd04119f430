package io.github.auditstream.connect.office365;

import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.FeedKey;
import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.config.TaskConfig;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.Version;
import io.github.auditstream.connect.office365.preflight.WorkerChecks;
import io.github.auditstream.connect.office365.status.metrics.Metric;
import io.github.auditstream.connect.office365.status.metrics.Metrics;
import io.github.auditstream.connect.office365.status.metrics.Reading;
import io.github.auditstream.connect.office365.wiring.ConnectionCheck;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the Microsoft 365 unified audit log into Kafka: one feed per tenant and content type,
 * assigned to at most {@code tasks.max} tasks.
 */
public final class Office365AuditSourceConnector extends SourceConnector {
  private static final Logger LOG = LoggerFactory.getLogger(Office365AuditSourceConnector.class);

  private final Clock clock = Clock.systemUTC();
  private Map<String, String> props = Map.of();
  private @Nullable Metrics metrics;

  /** For Connect, which makes connectors without arguments. */
  public Office365AuditSourceConnector() {}

  @Override
  public String version() {
    return Version.version();
  }

  @Override
  public ConfigDef config() {
    return Office365AuditSourceConfig.definition();
  }

  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    return Office365AuditSourceConfig.validate(
        connectorConfigs, List.of(new WorkerChecks(clock), new ConnectionCheck(clock)));
  }

  @Override
  public Class<? extends Task> taskClass() {
    return Office365AuditSourceTask.class;
  }

  @Override
  public void start(Map<String, String> connectorProps) {
    ConnectorSettings settings = Office365AuditSourceConfig.parse(connectorProps);
    props = Map.copyOf(connectorProps);
    LOG.info(
        "Reading {} from {} tenants: {}",
        settings.contentTypes(),
        settings.tenants().size(),
        settings.tenants().stream().map(TenantSettings::alias).collect(Collectors.joining(", ")));
    int tenants = settings.tenants().size();
    int feeds = tenants * settings.contentTypes().size();
    metrics =
        Metrics.ofConnector(
            context,
            connectorProps.getOrDefault("name", ""),
            List.of(
                Reading.of(Metric.TENANTS, () -> tenants), Reading.of(Metric.FEEDS, () -> feeds)));
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    ConnectorSettings settings = Office365AuditSourceConfig.parse(props);
    List<FeedKey> feeds = new ArrayList<>();
    for (TenantSettings tenant : settings.tenants()) {
      for (ContentType contentType : settings.contentTypes()) {
        feeds.add(new FeedKey(tenant.alias(), contentType));
      }
    }
    Map<String, Integer> requestsPerMinute =
        settings.tenants().stream()
            .collect(Collectors.toMap(TenantSettings::alias, TenantSettings::requestsPerMinute));
    List<Map<String, String>> tasks = new ArrayList<>();
    for (FeedAssignor.Assignment assigned :
        FeedAssignor.assign(feeds, maxTasks, requestsPerMinute)) {
      tasks.add(
          TaskConfig.forTask(props, assigned.feeds(), assigned.requestsPerMinute(), tasks.size()));
    }
    return tasks;
  }

  @Override
  public void stop() {
    props = Map.of();
    Metrics registered = metrics;
    metrics = null;
    if (registered != null) {
      registered.close();
    }
  }

  /**
   * Each record carries an offset that is exactly as old as itself, so every configuration
   * qualifies.
   */
  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
    return ExactlyOnceSupport.SUPPORTED;
  }

  /**
   * Transactions end with the poll. One of whole blobs, or of a single blob, would have to stay
   * open from poll to poll: Connect does not tell a task that it is paused, the broker rolls back
   * what stays open beyond {@code transaction.timeout.ms}, and the task fails when it is resumed. A
   * resume inside a blob is exact without that.
   */
  @Override
  public ConnectorTransactionBoundaries canDefineTransactionBoundaries(
      Map<String, String> connectorConfig) {
    return ConnectorTransactionBoundaries.UNSUPPORTED;
  }

  /**
   * Takes offsets that a person writes. A removal is always taken, also for a source partition that
   * is not this connector's, so that anything can be cleaned up.
   */
  @Override
  public boolean alterOffsets(
      Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
    OffsetCheck check = new OffsetCheck(connectorConfig, clock);
    offsets.forEach(
        (partition, offset) -> {
          if (offset != null) {
            check.accept(partition, offset);
          }
        });
    return true;
  }
}
