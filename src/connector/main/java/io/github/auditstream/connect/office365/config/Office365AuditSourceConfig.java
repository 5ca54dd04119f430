package io.github.auditstream.connect.office365.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source connector's configuration: its keys, their validation and their typed values. All
 * methods are safe for several threads, and none does I/O of its own.
 */
public final class Office365AuditSourceConfig {
  private static final Logger LOG = LoggerFactory.getLogger(Office365AuditSourceConfig.class);

  private Office365AuditSourceConfig() {}

  /**
   * Every key without an alias, with documentation, default, validator and what user interfaces
   * need.
   */
  public static ConfigDef definition() {
    return Definition.create();
  }

  /**
   * All errors at once, each on the key to change.
   *
   * @param checks find what the text does not show, one after the other
   */
  public static Config validate(Map<String, String> props, ConfigCheck... checks) {
    ConfigErrors errors = new ConfigErrors();
    ConnectorSettings settings = read(props, new Values(props, errors));
    for (ConfigCheck check : checks) {
      check.check(props, settings, errors);
    }
    return new Config(asConfigValues(props, errors));
  }

  /**
   * The typed settings. Warns of keys that are nearly a key of this connector.
   *
   * @throws org.apache.kafka.common.config.ConfigException naming every key to change and no secret
   */
  public static ConnectorSettings parse(Map<String, String> props) {
    ConfigErrors errors = new ConfigErrors();
    ConnectorSettings settings = read(props, new Values(props, errors));
    errors.throwIfAny();
    UnknownKeys.nearMisses(props)
        .forEach((key, near) -> LOG.warn("{} is not a key; did you mean {}?", key, near));
    return settings;
  }

  /**
   * The key that a tenant's setting is taken from: the alias's own, or the one without prefix. For
   * errors that show only when Microsoft is asked, and belong on the key to change.
   *
   * @param key without prefix, for example {@code client.secret}
   */
  public static String keyInUse(Map<String, String> props, String alias, String key) {
    Values values = new Values(props, new ConfigErrors());
    boolean ofCredential = CredentialKeys.ALL.keys().anyMatch(key::equals);
    return ofCredential
        ? new CredentialReader(values).prefix(alias) + key
        : values.keyInUse(alias, key);
  }

  private static ConnectorSettings read(Map<String, String> props, Values values) {
    UnknownKeys.refuse(props, values);
    ConnectKeys.refuse(props, values.errors());
    return new CommonReader(values)
        .read(new TenantReader(values).readAll(), values.value(CommonKeys.CONTENT_TYPES));
  }

  private static List<ConfigValue> asConfigValues(Map<String, String> props, ConfigErrors errors) {
    List<ConfigValue> all = new ArrayList<>();
    Map<String, ConfigValue> defined = definition().validateAll(props);
    for (ConfigValue value : defined.values()) {
      // Ours say what Kafka's parser says as well, and how to fix it.
      ConfigValue withOurErrors =
          new ConfigValue(
              value.name(),
              value.value(),
              value.recommendedValues(),
              errors.byKey().getOrDefault(value.name(), List.of()));
      withOurErrors.visible(value.visible());
      all.add(withOurErrors);
    }
    errors
        .byKey()
        .forEach(
            (key, messages) -> {
              if (!defined.containsKey(key)) {
                all.add(new ConfigValue(key, shown(key, props), List.of(), messages));
              }
            });
    return all;
  }

  /**
   * Connect sends the value of a key that is not defined back as it is: only what is known to be no
   * secret is shown.
   */
  private static Object shown(String key, Map<String, String> props) {
    String text = Objects.requireNonNullElse(props.get(key), "");
    boolean plain =
        key.equals(ConnectKeys.ERRORS_TOLERANCE)
            || Definition.plainTenantKeys().stream().anyMatch(name -> key.endsWith("." + name));
    return plain ? text : new Password(text);
  }
}
