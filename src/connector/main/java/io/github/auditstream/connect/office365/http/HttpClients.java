package io.github.auditstream.connect.office365.http;

import io.github.auditstream.connect.office365.config.HttpSettings;
import io.github.auditstream.connect.office365.config.HttpSettings.Proxy;
import io.github.auditstream.connect.office365.model.Secret;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;

/** Builds the HTTP client that requests to Entra ID and to the Management Activity API share. */
public final class HttpClients {
  private HttpClients() {}

  /** A client that is the JDK's own but for the proxy's password. */
  public static HttpClient create(HttpSettings settings, Executor executor) {
    return create(settings, executor, HttpClient.Builder::build);
  }

  /**
   * A client with the configured TLS, proxy and connection time-out. Never follows redirects, which
   * could carry a token elsewhere. Speaks HTTP/1.1: one blob's stall then holds up no other, and
   * Microsoft's gateways ask for no more.
   *
   * @param executor runs the client's own work; the caller closes it after the last request
   * @param build builds the client that sends the requests, or more than one of the same kind
   * @throws ConfigException if a trust or key store cannot be used, or this JVM keeps passwords
   *     from proxies
   */
  static HttpClient create(
      HttpSettings settings, Executor executor, Function<HttpClient.Builder, HttpClient> build) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .executor(executor)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .sslParameters(parameters(settings.ssl()));
    try {
      client.sslContext(TlsContext.create(settings.ssl()));
    } catch (KafkaException e) {
      throw new ConfigException(
          "The ssl.* settings cannot be used on this worker: check that the stores' files are there"
              + " and their passwords right.");
    }
    if (settings.proxy().isEmpty()) {
      // The JVM may have a proxy of its own, which can refuse as well.
      return new ProxiedClient(build.apply(client), uri -> false, Optional.empty());
    }
    Proxy proxy = settings.proxy().get();
    if (proxy.user().isPresent() && !ProxyAuthentication.basicIsAllowed()) {
      throw new ConfigException(ProxyAuthentication.whyBlocked());
    }
    ThroughProxy selector = new ThroughProxy(proxy.host(), proxy.port());
    return new ProxiedClient(
        build.apply(client.proxy(selector)), selector::takes, authorization(proxy));
  }

  private static Optional<Secret> authorization(Proxy proxy) {
    return proxy
        .user()
        .flatMap(user -> proxy.password().map(password -> ProxiedClient.basic(user, password)));
  }

  private static SSLParameters parameters(Map<String, Object> ssl) {
    SSLParameters parameters = new SSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    List<String> protocols = names(ssl.get(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG));
    if (!protocols.isEmpty()) {
      parameters.setProtocols(protocols.toArray(String[]::new));
    }
    List<String> suites = names(ssl.get(SslConfigs.SSL_CIPHER_SUITES_CONFIG));
    if (!suites.isEmpty()) {
      parameters.setCipherSuites(suites.toArray(String[]::new));
    }
    return parameters;
  }

  private static List<String> names(@Nullable Object value) {
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }
}
