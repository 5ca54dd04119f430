package io.github.auditstream.connect.office365.config;

import io.github.auditstream.connect.office365.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;

/** Reads how Microsoft is reached. */
record ConnectionReader(Values values) {
  /**
   * The hosts of the cloud.
   *
   * @param needed what a custom cloud must name beside the authority
   */
  CloudEndpoints cloud(Setting<URI> needed) {
    Cloud cloud = values.value(CommonKeys.CLOUD);
    Optional<URI> management = values.find(CommonKeys.MANAGEMENT_ENDPOINT);
    Optional<URI> authority = values.find(CommonKeys.AUTHORITY_ENDPOINT);
    Optional<URI> graph = values.find(CommonKeys.GRAPH_ENDPOINT);
    if (cloud == Cloud.CUSTOM) {
      requireEndpoint(needed);
      requireEndpoint(CommonKeys.AUTHORITY_ENDPOINT);
      URI nowhere = URI.create("https://invalid");
      return new CloudEndpoints(
          management.or(() -> graph).orElse(nowhere),
          authority.orElse(nowhere),
          graph.or(() -> management).orElse(nowhere));
    }
    for (String key : CommonKeys.ALL.dependentsOf(CommonKeys.CLOUD)) {
      if (values.isSet(key) && !values.errors().has(CommonKeys.CLOUD.key())) {
        values.refuse(
            key,
            "is set, but cloud is " + Rules.word(cloud),
            "write cloud=custom to name endpoints one by one, or remove it");
      }
    }
    return cloud.endpoints().orElseThrow();
  }

  private void requireEndpoint(Setting<URI> setting) {
    if (!values.isSet(setting.key())) {
      values.refuse(
          setting.key(),
          "is missing, and cloud is custom",
          "write " + setting.rule().validValues());
    }
  }

  /** TLS, proxy and time-outs. */
  HttpSettings http() {
    return new HttpSettings(
        ssl(),
        proxy(),
        Duration.ofMillis(values.value(NetworkKeys.CONNECT_TIMEOUT_MS)),
        Duration.ofMillis(values.value(NetworkKeys.REQUEST_TIMEOUT_MS)));
  }

  private Optional<HttpSettings.Proxy> proxy() {
    Optional<String> host = values.find(NetworkKeys.PROXY_HOST);
    Optional<Long> port = values.find(NetworkKeys.PROXY_PORT);
    Optional<String> user = values.find(NetworkKeys.PROXY_USER);
    Optional<Secret> password = values.find(NetworkKeys.PROXY_PASSWORD);
    if (!values.isSet(NetworkKeys.PROXY_HOST.key())) {
      for (String key : NetworkKeys.ALL.dependentsOf(NetworkKeys.PROXY_HOST)) {
        if (values.isSet(key)) {
          values.refuse(key, "is set without proxy.host", "write proxy.host too, or remove it");
        }
      }
      return Optional.empty();
    }
    require(NetworkKeys.PROXY_PORT, NetworkKeys.PROXY_HOST, "write the proxy's port");
    require(NetworkKeys.PROXY_PASSWORD, NetworkKeys.PROXY_USER, "write the password of that user");
    require(NetworkKeys.PROXY_USER, NetworkKeys.PROXY_PASSWORD, "write the name of that user");
    if (host.isEmpty() || port.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new HttpSettings.Proxy(host.get(), Math.toIntExact(port.get()), user, password));
  }

  private void require(Setting<?> setting, Setting<?> beside, String fix) {
    if (values.isSet(beside.key()) && !values.isSet(setting.key())) {
      values.refuse(setting.key(), "is missing beside " + beside.key(), fix);
    }
  }

  private Map<String, Object> ssl() {
    String hostNameCheck = SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG;
    if (values.isPresentButEmpty(hostNameCheck)) {
      values.refuse(
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
    Optional<?> value = values.find(setting);
    if (value.isEmpty()
        && !setting.key().equals(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG)) {
      value = values.defaultOf(setting);
    }
    return value.map(is -> is instanceof Secret secret ? new Password(secret.reveal()) : is);
  }
}
