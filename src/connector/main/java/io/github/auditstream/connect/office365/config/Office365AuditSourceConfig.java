package io.github.auditstream.connect.office365.config;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The source connector's configuration: its keys, their validation and their typed values. All
 * methods are safe for several threads, and none does I/O of its own.
 */
public final class Office365AuditSourceConfig {
  private Office365AuditSourceConfig() {}

  /**
   * Every key without an alias, with documentation, default, validator and what user interfaces
   * need.
   */
  public static ConfigDef definition() {
    return Definition.SOURCE.create();
  }

  /**
   * All errors at once, each on the key to change.
   *
   * @param checks find what the text does not show, one after the other
   */
  public static Config validate(
      Map<String, String> props, List<ConfigCheck<? super ConnectorSettings>> checks) {
    return Validation.validate(Definition.SOURCE, props, Office365AuditSourceConfig::read, checks);
  }

  /**
   * The typed settings. Warns of keys that are nearly a key of this connector.
   *
   * @throws org.apache.kafka.common.config.ConfigException naming every key to change and no secret
   */
  public static ConnectorSettings parse(Map<String, String> props) {
    return Validation.parse(Definition.SOURCE, props, Office365AuditSourceConfig::read);
  }

  private static ConnectorSettings read(Values values) {
    return new CommonReader(values)
        .read(new TenantReader(values).readAll(), values.value(FeedKeys.CONTENT_TYPES));
  }
}
