package io.github.auditstream.connect.office365.http;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** An HTTP client that reports another one's settings as its own. */
abstract class DelegatingClient extends HttpClient {
  /** Whose settings these are. */
  abstract HttpClient delegate();

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return delegate().cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return delegate().connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return delegate().followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return delegate().proxy();
  }

  @Override
  public SSLContext sslContext() {
    return delegate().sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return delegate().sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return delegate().authenticator();
  }

  @Override
  public Version version() {
    return delegate().version();
  }

  @Override
  public Optional<Executor> executor() {
    return delegate().executor();
  }
}
