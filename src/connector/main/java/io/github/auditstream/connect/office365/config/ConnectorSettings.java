package io.github.auditstream.connect.office365.config;

import io.github.auditstream.connect.office365.model.ContentType;
import java.util.List;

/**
 * A connector's whole configuration, parsed and checked. Can be printed: what is secret hides
 * itself.
 *
 * @param cloud the hosts of the tenants' Microsoft cloud
 * @param tenants at least one, in the configuration's order; their aliases and tenant ids differ
 * @param contentTypes at least one, in the configuration's order, without duplicates
 * @param topics names of the topics
 * @param feeds how feeds list content
 * @param fetch how a task fetches content blobs
 * @param http TLS, proxy and time-outs
 * @param validateConnection whether validation asks Microsoft
 */
public record ConnectorSettings(
    CloudEndpoints cloud,
    List<TenantSettings> tenants,
    List<ContentType> contentTypes,
    TopicSettings topics,
    FeedSettings feeds,
    FetchSettings fetch,
    HttpSettings http,
    boolean validateConnection)
    implements ConnectionSettings {
  public ConnectorSettings {
    tenants = List.copyOf(tenants);
    contentTypes = List.copyOf(contentTypes);
  }

  /** The same with other TLS, proxy and time-outs. */
  public ConnectorSettings with(HttpSettings other) {
    return new ConnectorSettings(
        cloud, tenants, contentTypes, topics, feeds, fetch, other, validateConnection);
  }
}
