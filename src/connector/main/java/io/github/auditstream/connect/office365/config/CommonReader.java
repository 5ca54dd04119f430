package io.github.auditstream.connect.office365.config;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;

/** Reads what all tenants share. */
final class CommonReader {
  private final Values values;
  private final ConfigErrors errors;

  CommonReader(Values values) {
    this.values = values;
    this.errors = values.errors();
  }

  ConnectorSettings read(List<TenantSettings> tenants, List<ContentType> contentTypes) {
    return new ConnectorSettings(
        cloud(),
        tenants,
        contentTypes,
        new TopicReader(values).read(),
        new FeedSettings(
            values.value(CommonKeys.INITIAL_LOOKBACK),
            Duration.ofMillis(values.value(CommonKeys.POLL_INTERVAL_MS)),
            values.value(CommonKeys.OVERLAP),
            values.value(CommonKeys.CATCH_UP_ORDER)),
        new FetchSettings(
            Math.toIntExact(values.value(CommonKeys.FETCH_CONCURRENCY)),
            values.value(CommonKeys.BUFFER_BYTES)),
        new HttpSettings(
            ssl(),
            proxy(),
            Duration.ofMillis(values.value(NetworkKeys.CONNECT_TIMEOUT_MS)),
            Duration.ofMillis(values.value(NetworkKeys.REQUEST_TIMEOUT_MS))),
        values.value(NetworkKeys.VALIDATE_CONNECTION));
  }

  private CloudEndpoints cloud() {
    Cloud cloud = values.value(CommonKeys.CLOUD);
    Optional<URI> management = values.find(CommonKeys.MANAGEMENT_ENDPOINT);
    Optional<URI> authority = values.find(CommonKeys.AUTHORITY_ENDPOINT);
    Optional<URI> graph = values.find(CommonKeys.GRAPH_ENDPOINT);
    if (cloud == Cloud.CUSTOM) {
      requireEndpoint(CommonKeys.MANAGEMENT_ENDPOINT);
      requireEndpoint(CommonKeys.AUTHORITY_ENDPOINT);
      URI nowhere = URI.create("https://invalid");
      URI root = management.orElse(nowhere);
      return new CloudEndpoints(root, authority.orElse(nowhere), graph.orElse(root));
    }
    for (String key :
        List.of(
            CommonKeys.MANAGEMENT_ENDPOINT.key(),
            CommonKeys.AUTHORITY_ENDPOINT.key(),
            CommonKeys.GRAPH_ENDPOINT.key())) {
      if (values.isSet(key) && !errors.has(CommonKeys.CLOUD.key())) {
        errors.add(
            key,
            "is set, but cloud is " + Rules.word(cloud),
            "write cloud=custom to name endpoints one by one, or remove it");
      }
    }
    return cloud.endpoints().orElseThrow();
  }

  private void requireEndpoint(Setting<URI> setting) {
    if (!values.isSet(setting.key())) {
      errors.add(
          setting.key(),
          "is missing, and cloud is custom",
          "write " + setting.rule().validValues());
    }
  }

  private Optional<HttpSettings.Proxy> proxy() {
    Optional<String> host = values.find(NetworkKeys.PROXY_HOST);
    Optional<Long> port = values.find(NetworkKeys.PROXY_PORT);
    Optional<String> user = values.find(NetworkKeys.PROXY_USER);
    Optional<Secret> password = values.find(NetworkKeys.PROXY_PASSWORD);
    if (!values.isSet(NetworkKeys.PROXY_HOST.key())) {
      for (String key :
          List.of(
              NetworkKeys.PROXY_PORT.key(),
              NetworkKeys.PROXY_USER.key(),
              NetworkKeys.PROXY_PASSWORD.key())) {
        if (values.isSet(key)) {
          errors.add(key, "is set without proxy.host", "write proxy.host too, or remove it");
        }
      }
      return Optional.empty();
    }
    requirePartner(
        NetworkKeys.PROXY_PORT.key(),
        "proxy.host",
        NetworkKeys.PROXY_HOST.key(),
        "write the proxy's port");
    requirePartner(
        NetworkKeys.PROXY_PASSWORD.key(),
        "proxy.user",
        NetworkKeys.PROXY_USER.key(),
        "write the password of that user");
    requirePartner(
        NetworkKeys.PROXY_USER.key(),
        "proxy.password",
        NetworkKeys.PROXY_PASSWORD.key(),
        "write the name of that user");
    if (host.isEmpty() || port.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new HttpSettings.Proxy(host.get(), Math.toIntExact(port.get()), user, password));
  }

  private void requirePartner(String key, String partnerName, String partner, String fix) {
    if (values.isSet(partner) && !values.isSet(key)) {
      errors.add(key, "is missing beside " + partnerName, fix);
    }
  }

  private Map<String, Object> ssl() {
    String hostNameCheck = SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG;
    if (values.isPresentButEmpty(hostNameCheck)) {
      errors.add(
          hostNameCheck,
          "is empty, but the check of host names cannot be switched off",
          "remove the key, and put the host's name into the server's certificate");
    }
    Map<String, Object> ssl = new HashMap<>();
    // Kafka's factory does without it up to 4.0 only.
    ssl.put(SslConfigs.SSL_CIPHER_SUITES_CONFIG, List.of());
    SslKeys.ALL.stream()
        .forEach(setting -> ssl(setting).ifPresent(value -> ssl.put(setting.key(), value)));
    return Map.copyOf(ssl);
  }

  /** As Kafka has it. That of host names has no default here, since nothing depends on it. */
  private Optional<Object> ssl(Setting<?> setting) {
    Optional<?> value =
        setting.key().equals(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG)
            ? values.find(setting)
            : values.findOrDefault(setting.key(), setting);
    return value.map(is -> is instanceof Secret secret ? new Password(secret.reveal()) : is);
  }
}
