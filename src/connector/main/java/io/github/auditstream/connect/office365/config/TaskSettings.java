package io.github.auditstream.connect.office365.config;

import java.util.List;

/**
 * One task's configuration, parsed and checked. Can be printed: what is secret hides itself.
 *
 * @param connectorName the connector's name, as the user gave it; empty text if Connect gave none
 * @param taskIndex the task's number, from 0
 * @param common the connector's settings, with this task's tenants only, each with this task's
 *     share of its requests per minute, and with this task's content types only
 * @param feeds what this task reads, at least one
 * @param maxRequestBytes the largest request that the task's producer sends
 */
public record TaskSettings(
    String connectorName,
    int taskIndex,
    ConnectorSettings common,
    List<FeedKey> feeds,
    long maxRequestBytes) {
  public TaskSettings {
    feeds = List.copyOf(feeds);
  }

  /**
   * The settings of one of this task's tenants.
   *
   * @throws IllegalArgumentException if the task has no tenant of this alias
   */
  public TenantSettings tenant(String alias) {
    return common.tenants().stream()
        .filter(tenant -> tenant.alias().equals(alias))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("this task has no tenant " + alias));
  }
}
