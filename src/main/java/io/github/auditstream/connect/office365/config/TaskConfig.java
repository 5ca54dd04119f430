package io.github.auditstream.connect.office365.config;

import java.util.Collection;
import java.util.Map;

/** Turns a connector's configuration into that of one task, and back into typed settings. */
public final class TaskConfig {
  private TaskConfig() {}

  /**
   * The configuration of one task: what it needs and no more.
   *
   * @param connectorProps the connector's configuration, valid
   * @param feeds this task's feeds, at least one
   * @param requestsPerMinuteShares this task's share of the requests per minute of each of its
   *     tenants, by alias, at least 1
   * @param taskIndex the task's number, from 0
   * @throws org.apache.kafka.common.config.ConfigException if the connector's configuration is not
   *     valid
   */
  public static Map<String, String> forTask(
      Map<String, String> connectorProps,
      Collection<FeedKey> feeds,
      Map<String, Integer> requestsPerMinuteShares,
      int taskIndex) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads what {@link #forTask} wrote.
   *
   * @throws org.apache.kafka.common.config.ConfigException naming the key to mend
   */
  public static TaskSettings parse(Map<String, String> taskProps) {
    throw new UnsupportedOperationException();
  }

  /**
   * The credential that a configuration gives a tenant now; for secrets that were rotated.
   *
   * @param props a connector's or a task's configuration, with resolved config providers
   * @param alias the tenant's
   * @throws org.apache.kafka.common.config.ConfigException naming the key to mend
   */
  public static Credential credential(Map<String, String> props, String alias) {
    throw new UnsupportedOperationException();
  }
}
