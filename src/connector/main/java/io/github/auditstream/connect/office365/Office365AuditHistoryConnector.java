package io.github.auditstream.connect.office365;

import io.github.auditstream.connect.office365.config.Deduplicate;
import io.github.auditstream.connect.office365.config.HistorySettings;
import io.github.auditstream.connect.office365.config.HistoryTaskConfig;
import io.github.auditstream.connect.office365.config.Office365AuditHistoryConfig;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.model.Version;
import io.github.auditstream.connect.office365.preflight.RangeCheck;
import io.github.auditstream.connect.office365.preflight.WorkerChecks;
import io.github.auditstream.connect.office365.wiring.HistoryConnectionCheck;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Brings the months before the live connector, and the days that it missed, into the same topics:
 * from Microsoft Graph's audit log queries and from export files. Tenants are shared out among at
 * most {@code tasks.max} tasks.
 */
public final class Office365AuditHistoryConnector extends SourceConnector {
  private final Clock clock = Clock.systemUTC();
  private Map<String, String> props = Map.of();

  /** For Connect, which makes connectors without arguments. */
  public Office365AuditHistoryConnector() {}

  @Override
  public String version() {
    return Version.version();
  }

  @Override
  public ConfigDef config() {
    return Office365AuditHistoryConfig.definition();
  }

  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    return Office365AuditHistoryConfig.validate(
        connectorConfigs,
        List.of(new WorkerChecks(clock), new RangeCheck(clock), new HistoryConnectionCheck(clock)));
  }

  @Override
  public Class<? extends Task> taskClass() {
    return Office365AuditHistoryTask.class;
  }

  @Override
  public void start(Map<String, String> connectorProps) {
    var unused = Office365AuditHistoryConfig.parse(connectorProps);
    props = Map.copyOf(connectorProps);
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    HistorySettings settings = Office365AuditHistoryConfig.parse(props);
    List<String> aliases = settings.tenants().stream().map(TenantSettings::alias).toList();
    int count = Math.max(1, Math.min(maxTasks, aliases.size()));
    List<Map<String, String>> tasks = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      List<String> own = new ArrayList<>();
      for (int i = index; i < aliases.size(); i += count) {
        own.add(aliases.get(i));
      }
      tasks.add(HistoryTaskConfig.forTask(props, own, index));
    }
    return tasks;
  }

  @Override
  public void stop() {
    props = Map.of();
  }

  /**
   * A task that reads what is in the topics sends nothing twice. One that does not reads a slice
   * from its beginning after a restart.
   */
  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
    try {
      return Office365AuditHistoryConfig.parse(connectorConfig).deduplicate() == Deduplicate.TOPICS
          ? ExactlyOnceSupport.SUPPORTED
          : ExactlyOnceSupport.UNSUPPORTED;
    } catch (ConfigException e) {
      // Its validation says what is wrong.
      return ExactlyOnceSupport.SUPPORTED;
    }
  }

  /** Transactions end with the poll. */
  @Override
  public ConnectorTransactionBoundaries canDefineTransactionBoundaries(
      Map<String, String> connectorConfig) {
    return ConnectorTransactionBoundaries.UNSUPPORTED;
  }

  /**
   * Takes removals alone: an offset says what was asked of Microsoft, and nobody can write that.
   */
  @Override
  public boolean alterOffsets(
      Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
    offsets.forEach(
        (partition, offset) -> {
          if (offset != null) {
            throw new ConnectException(
                "Source partition "
                    + partition
                    + ": offsets of the history can be removed, not written. Remove it, and what it"
                    + " stands for is read anew without sending anything twice");
          }
        });
    return true;
  }
}
