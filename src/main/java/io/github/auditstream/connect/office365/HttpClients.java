package io.github.auditstream.connect.office365;

import io.github.auditstream.connect.office365.config.HttpSettings;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;

/** Builds the HTTP client that requests to Entra ID and to the Management Activity API share. */
final class HttpClients {
  private HttpClients() {}

  /**
   * A client with the configured TLS, proxy and connection time-out. Never follows redirects.
   *
   * @param executor runs the client's own work; the caller closes it after the last request
   */
  static HttpClient create(HttpSettings settings, Executor executor) {
    return HttpClient.newBuilder()
        .executor(executor)
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(settings.connectTimeout())
        .build();
  }
}
