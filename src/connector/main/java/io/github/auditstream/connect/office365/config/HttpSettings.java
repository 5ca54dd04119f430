package io.github.auditstream.connect.office365.config;

import io.github.auditstream.connect.office365.model.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * TLS, proxy and time-outs, shared by the requests to Entra ID and to the Management Activity API.
 *
 * @param ssl Kafka's standard {@code ssl.*} settings, parsed; as {@code
 *     SslConfigs.addClientSslSupport} defines them
 * @param proxy the HTTP proxy; empty for a direct connection
 * @param connectTimeout the longest wait for a connection
 * @param requestTimeout the longest wait for an answer's headers, and for the next bytes of its
 *     body
 */
public record HttpSettings(
    Map<String, Object> ssl,
    Optional<Proxy> proxy,
    Duration connectTimeout,
    Duration requestTimeout) {

  /** The same, with neither time-out longer than this. */
  public HttpSettings waitingAtMost(Duration longest) {
    return new HttpSettings(
        ssl, proxy, shorter(connectTimeout, longest), shorter(requestTimeout, longest));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** An HTTP proxy that tunnels TLS, with the user name and password it asks for, if any. */
  public record Proxy(String host, int port, Optional<String> user, Optional<Secret> password) {}
}
