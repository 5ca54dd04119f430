package io.github.auditstream.connect.office365.config;

import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;

/** The source connector's configuration: its keys, their validation and their typed values. */
public final class Office365AuditSourceConfig {
  private Office365AuditSourceConfig() {}

  /** Every key but those of single tenants, with documentation, default and validator. */
  public static ConfigDef definition() {
    throw new UnsupportedOperationException();
  }

  /** All faults at once, each on the key to mend. Reads certificate files; no network. */
  public static Config validate(Map<String, String> props) {
    throw new UnsupportedOperationException();
  }

  /**
   * The typed settings.
   *
   * @throws org.apache.kafka.common.config.ConfigException naming every key to mend and no secret
   */
  public static ConnectorSettings parse(Map<String, String> props) {
    throw new UnsupportedOperationException();
  }

  /**
   * The key that a tenant's setting is taken from: the alias's own, or the one without prefix.
   *
   * @param key without prefix, for example {@code client.secret}
   */
  public static String keyInUse(Map<String, String> props, String alias, String key) {
    throw new UnsupportedOperationException();
  }
}
