package io.github.auditstream.connect.office365;

import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.feed.offset.OffsetFormat;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.FeedId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Holds offsets that a person writes against the connector's configuration. A typing error in a
 * tenant's id would otherwise be filed where no feed ever looks.
 */
final class OffsetCheck implements BiConsumer<Map<String, ?>, Map<String, ?>> {
  private final ConnectorSettings settings;
  private final Clock clock;

  /**
   * @throws ConnectException if the configuration is not valid
   */
  OffsetCheck(Map<String, String> connectorConfig, Clock clock) {
    try {
      this.settings = Office365AuditSourceConfig.parse(connectorConfig);
    } catch (ConfigException e) {
      throw new ConnectException(
          "Offsets can be set once the connector's configuration is valid: " + e.getMessage(), e);
    }
    this.clock = clock;
  }

  /**
   * Takes an offset for a source partition.
   *
   * @throws ConnectException if it is not one of this connector's, with what to write instead
   */
  @Override
  public void accept(Map<String, ?> partition, Map<String, ?> offset) {
    try {
      OffsetFormat.check(feedId(partition), offset, clock.instant());
    } catch (IllegalArgumentException e) {
      throw new ConnectException("Source partition " + partition + ": " + e.getMessage(), e);
    }
  }

  private FeedId feedId(Map<String, ?> partition) {
    if (partition.size() == 2
        && partition.get(FeedId.TENANT) instanceof String tenant
        && partition.get(FeedId.CONTENT_TYPE) instanceof String contentType) {
      return new FeedId(tenantId(tenant), contentType(contentType));
    }
    throw new IllegalArgumentException(
        "a source partition is {\"tenant\": \"<tenant id>\", \"contentType\": \"Audit.Exchange\"}");
  }

  private ContentType contentType(String name) {
    return ContentType.find(name)
        .filter(settings.contentTypes()::contains)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "this connector does not read '"
                        + name
                        + "'; its content.types are "
                        + settings.contentTypes()));
  }

  private String tenantId(String text) {
    List<String> known =
        settings.tenants().stream().map(TenantSettings::tenantId).map(UUID::toString).toList();
    if (!known.contains(text)) {
      throw new IllegalArgumentException(
          "this connector does not read a tenant with the id '" + text + "'; it reads " + known);
    }
    return text;
  }
}
