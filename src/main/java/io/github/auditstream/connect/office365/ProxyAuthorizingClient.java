package io.github.auditstream.connect.office365;

import io.github.auditstream.connect.office365.config.Secret;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Tells the proxy user name and password with each tunnel it opens. The JDK's way, an {@link
 * Authenticator}, makes an exception of every 401 without {@code WWW-Authenticate}, and such a 401
 * is how the Management Activity API asks for a new token.
 *
 * <p>The JDK sends {@code Proxy-Authorization} to the proxy alone, never through the tunnel; a
 * request that needs no proxy does not get it here.
 */
final class ProxyAuthorizingClient extends HttpClient {
  private static final String HEADER = "Proxy-Authorization";

  private final HttpClient client;
  private final ThroughProxy selector;
  private final Secret authorization;

  ProxyAuthorizingClient(HttpClient client, ThroughProxy selector, String user, Secret password) {
    this.client = client;
    this.selector = selector;
    byte[] plain = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    this.authorization = new Secret("Basic " + Base64.getEncoder().encodeToString(plain));
  }

  private HttpRequest authorized(HttpRequest request) {
    boolean tunnelled =
        "https".equalsIgnoreCase(request.uri().getScheme()) && selector.takes(request.uri());
    return tunnelled
        ? HttpRequest.newBuilder(request, (name, value) -> true)
            .setHeader(HEADER, authorization.reveal())
            .build()
        : request;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return client.send(authorized(request), handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    return client.sendAsync(authorized(request), handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      HttpResponse.@Nullable PushPromiseHandler<T> pushHandler) {
    return client.sendAsync(authorized(request), handler, pushHandler);
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }
}
