package io.github.auditstream.connect.office365.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Validates and reads a connector's configuration. Safe for many threads; does no I/O of its own.
 */
public final class Validation {
  private static final Logger LOG = LoggerFactory.getLogger(Validation.class);

  private Validation() {}

  /** All errors at once, each on the key to change. */
  static <S extends ConnectionSettings> Config validate(
      Definition definition,
      Map<String, String> props,
      Function<Values, S> reading,
      List<ConfigCheck<? super S>> checks) {
    ConfigErrors errors = new ConfigErrors();
    S settings = read(definition, props, reading, errors);
    for (ConfigCheck<? super S> check : checks) {
      check.check(props, settings, errors);
    }
    return new Config(asConfigValues(definition, props, errors));
  }

  /** The typed settings; throws all errors at once, and warns of keys that are nearly a key. */
  static <S> S parse(
      Definition definition, Map<String, String> props, Function<Values, S> reading) {
    ConfigErrors errors = new ConfigErrors();
    S settings = read(definition, props, reading, errors);
    errors.throwIfAny();
    new UnknownKeys(definition)
        .nearMisses(props)
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

  private static <S> S read(
      Definition definition,
      Map<String, String> props,
      Function<Values, S> reading,
      ConfigErrors errors) {
    Values values = new Values(props, errors);
    new UnknownKeys(definition).refuse(props, values);
    ConnectKeys.refuse(props, errors);
    return reading.apply(values);
  }

  private static List<ConfigValue> asConfigValues(
      Definition definition, Map<String, String> props, ConfigErrors errors) {
    List<ConfigValue> all = new ArrayList<>();
    Map<String, ConfigValue> defined = definition.create().validateAll(props);
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
                all.add(new ConfigValue(key, shown(definition, key, props), List.of(), messages));
              }
            });
    return all;
  }

  /**
   * Connect sends the value of a key that is not defined back as it is: only what is known to be no
   * secret is shown.
   */
  private static Object shown(Definition definition, String key, Map<String, String> props) {
    String text = Objects.requireNonNullElse(props.get(key), "");
    boolean plain =
        key.equals(ConnectKeys.ERRORS_TOLERANCE)
            || definition.plainTenantKeys().stream().anyMatch(name -> key.endsWith("." + name));
    return plain ? text : new Password(text);
  }
}
