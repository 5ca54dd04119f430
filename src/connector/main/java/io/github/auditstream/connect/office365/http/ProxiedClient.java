package io.github.auditstream.connect.office365.http;

import io.github.auditstream.connect.office365.model.Secret;
import java.io.IOException;
import java.net.Authenticator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells the proxy user name and password with each tunnel it opens, and makes a failure of the
 * proxy's refusal, which would look like an answer of Microsoft's otherwise.
 *
 * <p>The JDK's way, an {@link Authenticator}, makes an exception of every 401 without {@code
 * WWW-Authenticate} too, and such a 401 is how the Management Activity API asks for a new token.
 *
 * <p>The JDK sends {@code Proxy-Authorization} to the proxy alone, never through the tunnel; a
 * request that needs no proxy does not get it here.
 */
final class ProxiedClient extends DelegatingClient {
  private static final String HEADER = "Proxy-Authorization";
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

  /** As the JDK says it where it makes a failure of a proxy's refusal. */
  private static final String REFUSAL = "Tunnel failed, got: " + PROXY_AUTHENTICATION_REQUIRED;

  private final HttpClient client;
  private final Predicate<URI> throughProxy;
  private final Optional<Secret> authorization;

  /**
   * Wraps a client.
   *
   * @param throughProxy whether an address is reached through the proxy
   * @param authorization what the proxy asks for, if anything
   */
  ProxiedClient(HttpClient client, Predicate<URI> throughProxy, Optional<Secret> authorization) {
    this.client = client;
    this.throughProxy = throughProxy;
    this.authorization = authorization;
  }

  @Override
  HttpClient delegate() {
    return client;
  }

  /** Basic authentication (RFC 7617). */
  static Secret basic(String user, Secret password) {
    byte[] plain = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    return new Secret("Basic " + Base64.getEncoder().encodeToString(plain));
  }

  private HttpRequest authorized(HttpRequest request) {
    boolean tunnelled =
        "https".equalsIgnoreCase(request.uri().getScheme()) && throughProxy.test(request.uri());
    return authorization.isPresent() && tunnelled
        ? HttpRequest.newBuilder(request, (name, value) -> true)
            .setHeader(HEADER, authorization.get().reveal())
            .build()
        : request;
  }

  private static <T> HttpResponse<T> unlessRefused(HttpResponse<T> response) throws IOException {
    if (response.statusCode() != PROXY_AUTHENTICATION_REQUIRED) {
      return response;
    }
    if (response.body() instanceof AutoCloseable body) {
      try {
        body.close();
      } catch (Exception e) {
        throw new IOException(REFUSAL, e);
      }
    }
    throw new IOException(REFUSAL);
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return unlessRefused(client.send(authorized(request), handler));
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    return sendAsync(request, handler, null);
  }

  /** What derives from the JDK's future can cancel the exchange as that can. */
  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      HttpResponse.@Nullable PushPromiseHandler<T> pushHandler) {
    return client
        .sendAsync(authorized(request), handler, pushHandler)
        .thenApply(
            response -> {
              try {
                return unlessRefused(response);
              } catch (IOException e) {
                throw new CompletionException(e);
              }
            });
  }
}
