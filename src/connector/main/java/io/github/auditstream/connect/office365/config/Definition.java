package io.github.auditstream.connect.office365.config;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;

/** All settings, in the order in which they are documented. */
final class Definition {
  private static final List<Setting<?>> OF_TENANT =
      Stream.concat(TenantKeys.ALL.stream(), CredentialKeys.ALL.stream()).toList();

  private static final List<Setting<?>> ALL =
      Stream.of(
              OF_TENANT.stream(),
              CommonKeys.ALL.stream(),
              NetworkKeys.ALL.stream(),
              SslKeys.ALL.stream())
          .<Setting<?>>flatMap(settings -> settings)
          .sorted(Comparator.comparing(Setting::group))
          .toList();

  private static final List<String> TENANT_KEYS = keys(OF_TENANT.stream()).toList();

  private static final Set<String> KEYS =
      keys(ALL.stream()).collect(Collectors.toUnmodifiableSet());

  private Definition() {}

  private static Stream<String> keys(Stream<Setting<?>> settings) {
    return settings.map(Setting::key);
  }

  static ConfigDef create() {
    ConfigDef definition = new ConfigDef();
    for (int order = 0; order < ALL.size(); order++) {
      Setting<?> setting = ALL.get(order);
      List<String> dependents =
          keys(ALL.stream().filter(other -> other.dependsOn(setting))).toList();
      setting.defineIn(definition, order + 1, dependents);
    }
    return definition;
  }

  /** Every key without an alias. */
  static Set<String> keys() {
    return KEYS;
  }

  /** The keys that a tenant can have under its alias. */
  static List<String> tenantKeys() {
    return TENANT_KEYS;
  }

  /** The keys of a tenant whose values may be shown. */
  static List<String> plainTenantKeys() {
    return keys(OF_TENANT.stream()
            .filter(setting -> setting.rule().type() != ConfigDef.Type.PASSWORD))
        .toList();
  }

  /** Every key that all tenants share, but for the lists of tenants and of content types. */
  static List<String> sharedKeys() {
    return KEYS.stream()
        .filter(key -> !TENANT_KEYS.contains(key))
        .filter(key -> !key.equals(CommonKeys.TENANTS.key()))
        .filter(key -> !key.equals(CommonKeys.CONTENT_TYPES.key()))
        .sorted()
        .toList();
  }
}
