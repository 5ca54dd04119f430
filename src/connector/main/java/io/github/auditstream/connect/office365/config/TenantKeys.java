package io.github.auditstream.connect.office365.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;

import java.util.List;
import java.util.UUID;

/** The settings that a tenant can have of its own, but for its credential. */
public final class TenantKeys {
  static final SettingList ALL = new SettingList();

  private static final String COPY_TENANT_ID =
      "copy 'Directory (tenant) ID' from the overview page of the app registration; a domain name"
          + " will not do";
  private static final String COPY_CLIENT_ID =
      "copy 'Application (client) ID' from the overview page of the app registration";

  public static final Setting<UUID> TENANT_ID =
      ALL.key("tenant.id", "Tenant id", Group.TENANTS, HIGH)
          .documented("The directory id of the tenant whose audit log is read.")
          .readBy(Rules.guid(COPY_TENANT_ID));

  public static final Setting<UUID> CLIENT_ID =
      ALL.key("client.id", "Client id", Group.TENANTS, HIGH)
          .documented(
              "The application id of the app registration that has the application permission"
                  + " ActivityFeed.Read of the Office 365 Management APIs, and ActivityFeed.ReadDlp for"
                  + " DLP.All; for the history AuditLogsQuery.Read.All of Microsoft Graph. With"
                  + " managed.identity=user, the client id of the user-assigned identity; with"
                  + " managed.identity=system, none.")
          .readBy(Rules.guid(COPY_CLIENT_ID));

  public static final Setting<UUID> PUBLISHER_ID =
      ALL.key("publisher.id", "Publisher id", Group.TENANTS, LOW)
          .documented(
              "Sent as PublisherIdentifier with every request; Microsoft counts requests against the"
                  + " quota of this publisher. Default: the tenant's own id.")
          .readBy(
              Rules.guid("write the tenant id of the organisation that made the app registration"));

  public static final Setting<Long> REQUESTS_PER_MINUTE =
      ALL.key("requests.per.minute", "Requests per minute", Group.LIMITS, MEDIUM)
          .documented(
              "The quota of requests to the Management Activity API for each tenant, shared out among"
                  + " the tasks that read it. Microsoft grants every tenant 2000 at the least, and more"
                  + " by its size and licences. Leave room for other readers of the same tenant.")
          .defaultsTo("2000")
          .readBy(Rules.wholeNumber(INT, "a whole number of requests", 1, 60_000));

  /** Those that only the Management Activity API needs. */
  static final List<Setting<?>> OF_FEEDS = List.of(PUBLISHER_ID, REQUESTS_PER_MINUTE);

  private TenantKeys() {}

  /** The key of a tenant's own setting. */
  static String ofAlias(String alias, String key) {
    return CommonKeys.TENANTS.key() + "." + alias + "." + key;
  }
}
