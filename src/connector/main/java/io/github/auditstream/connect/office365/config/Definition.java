package io.github.auditstream.connect.office365.config;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;

/** All settings of one connector, in the order in which they are documented. */
final class Definition {
  /** The live feed's. */
  static final Definition SOURCE =
      new Definition(
          Stream.concat(TenantKeys.ALL.stream(), CredentialKeys.ALL.stream()),
          Stream.concat(CommonKeys.ALL.stream(), FeedKeys.ALL.stream()));

  /** The history's. */
  static final Definition HISTORY =
      new Definition(
          Stream.concat(
              TenantKeys.ALL.stream().filter(setting -> !TenantKeys.OF_FEEDS.contains(setting)),
              CredentialKeys.ALL.stream()),
          Stream.concat(
              CommonKeys.ALL.stream()
                  .filter(setting -> !setting.key().equals(CommonKeys.MANAGEMENT_ENDPOINT.key())),
              HistoryKeys.ALL.stream()));

  private final List<Setting<?>> ofTenant;
  private final List<Setting<?>> all;
  private final List<String> tenantKeys;
  private final Set<String> keys;

  private Definition(Stream<Setting<?>> ofTenant, Stream<Setting<?>> common) {
    this.ofTenant = ofTenant.toList();
    this.all =
        Stream.of(this.ofTenant.stream(), common, NetworkKeys.ALL.stream(), SslKeys.ALL.stream())
            .<Setting<?>>flatMap(settings -> settings)
            .sorted(Comparator.comparing(Setting::group))
            .toList();
    this.tenantKeys = keys(this.ofTenant.stream()).toList();
    this.keys = keys(all.stream()).collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> keys(Stream<Setting<?>> settings) {
    return settings.map(Setting::key);
  }

  ConfigDef create() {
    ConfigDef definition = new ConfigDef();
    for (int order = 0; order < all.size(); order++) {
      Setting<?> setting = all.get(order);
      List<String> dependents =
          keys(all.stream().filter(other -> other.dependsOn(setting))).toList();
      setting.defineIn(definition, order + 1, dependents);
    }
    return definition;
  }

  /** Every key without an alias. */
  Set<String> keys() {
    return keys;
  }

  /** The keys that a tenant can have under its alias. */
  List<String> tenantKeys() {
    return tenantKeys;
  }

  /** The keys of a tenant whose values may be shown. */
  List<String> plainTenantKeys() {
    return keys(ofTenant.stream()
            .filter(setting -> setting.rule().type() != ConfigDef.Type.PASSWORD))
        .toList();
  }

  /** Every key that all tenants share, but for the lists of tenants and of content types. */
  List<String> sharedKeys() {
    return keys.stream()
        .filter(key -> !tenantKeys.contains(key))
        .filter(key -> !key.equals(CommonKeys.TENANTS.key()))
        .filter(key -> !key.equals(FeedKeys.CONTENT_TYPES.key()))
        .sorted()
        .toList();
  }
}
