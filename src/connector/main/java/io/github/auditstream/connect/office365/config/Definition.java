package io.github.auditstream.connect.office365.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;

/** All settings, in groups and in the order in which they are documented. */
final class Definition {
  private static final Map<String, List<Setting<?>>> GROUPS = groups();

  private static final List<String> TENANT_KEYS =
      Stream.concat(TenantKeys.IDENTITY.stream(), TenantKeys.CREDENTIAL.stream())
          .<String>map(Setting::key)
          .toList();

  private static final Set<String> KEYS =
      GROUPS.values().stream()
          .flatMap(List::stream)
          .map(Setting::key)
          .collect(Collectors.toUnmodifiableSet());

  private Definition() {}

  private static Map<String, List<Setting<?>>> groups() {
    Map<String, List<Setting<?>>> groups = new LinkedHashMap<>();
    groups.put(
        "Tenants",
        List.of(
            TenantKeys.TENANT_ID,
            TenantKeys.CLIENT_ID,
            TenantKeys.TENANTS,
            TenantKeys.PUBLISHER_ID));
    groups.put("Authentication", TenantKeys.CREDENTIAL);
    groups.put(
        "Cloud",
        List.of(
            CommonKeys.CLOUD,
            CommonKeys.MANAGEMENT_ENDPOINT,
            CommonKeys.AUTHORITY_ENDPOINT,
            CommonKeys.GRAPH_ENDPOINT));
    groups.put("Content", List.of(CommonKeys.CONTENT_TYPES, CommonKeys.INITIAL_LOOKBACK));
    groups.put(
        "Topics",
        List.of(
            CommonKeys.TOPIC_PREFIX,
            CommonKeys.RECEIPTS_TOPIC,
            CommonKeys.STATUS_TOPIC,
            CommonKeys.DEADLETTER_TOPIC));
    groups.put(
        "Polling",
        List.of(CommonKeys.POLL_INTERVAL_MS, CommonKeys.OVERLAP, CommonKeys.CATCH_UP_ORDER));
    groups.put(
        "Limits",
        List.of(
            TenantKeys.REQUESTS_PER_MINUTE, CommonKeys.FETCH_CONCURRENCY, CommonKeys.BUFFER_BYTES));
    List<Setting<?>> network =
        new ArrayList<>(
            List.of(
                CommonKeys.VALIDATE_CONNECTION,
                CommonKeys.CONNECT_TIMEOUT_MS,
                CommonKeys.REQUEST_TIMEOUT_MS,
                CommonKeys.PROXY_HOST,
                CommonKeys.PROXY_PORT,
                CommonKeys.PROXY_USER,
                CommonKeys.PROXY_PASSWORD));
    network.addAll(SslKeys.ALL);
    groups.put("Network", List.copyOf(network));
    return groups;
  }

  static ConfigDef create() {
    ConfigDef definition = new ConfigDef();
    GROUPS.forEach(
        (group, settings) -> {
          int order = 0;
          for (Setting<?> setting : settings) {
            setting.defineIn(definition, group, ++order);
          }
        });
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
    return Stream.concat(TenantKeys.IDENTITY.stream(), TenantKeys.CREDENTIAL.stream())
        .filter(setting -> setting.type() != ConfigDef.Type.PASSWORD)
        .<String>map(Setting::key)
        .toList();
  }

  /** Every key that all tenants share, but for the lists of tenants and of content types. */
  static List<String> sharedKeys() {
    return KEYS.stream()
        .filter(key -> !TENANT_KEYS.contains(key))
        .filter(key -> !key.equals(Keys.TENANTS) && !key.equals(Keys.CONTENT_TYPES))
        .sorted()
        .toList();
  }
}
