package io.github.auditstream.connect.office365.api;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/**
 * Where and how one tenant's Management Activity API is asked.
 *
 * @param management the API's root: scheme and authority without a path, {@code https} unless the
 *     host is this machine's loopback (a simulator). No request ever goes anywhere else
 * @param tenantId the directory id; it is part of every path
 * @param publisherId sent as {@code PublisherIdentifier} with every request
 * @param requestTimeout the longest wait for an answer's headers, and for the next bytes of its
 *     body
 * @param userAgent the {@code User-Agent} header
 */
public record ApiSettings(
    URI management, UUID tenantId, UUID publisherId, Duration requestTimeout, String userAgent) {
  public ApiSettings {
    if (management.getHost() == null) {
      throw new IllegalArgumentException("the management endpoint must be an absolute address");
    }
    if (!isHttps(management) && !isLoopbackHttp(management)) {
      throw new IllegalArgumentException(
          "the management endpoint must be https (http only to the loopback host), not "
              + management.getScheme());
    }
    String path = management.getRawPath();
    if (management.getRawUserInfo() != null
        || management.getRawQuery() != null
        || management.getRawFragment() != null
        || !(path.isEmpty() || path.equals("/"))) {
      throw new IllegalArgumentException(
          "the management endpoint must be a scheme and a host, with a port if need be, and no more");
    }
    if (requestTimeout.isZero() || requestTimeout.isNegative()) {
      throw new IllegalArgumentException("requestTimeout must be positive");
    }
  }

  private static boolean isHttps(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  private static boolean isLoopbackHttp(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return "http".equalsIgnoreCase(uri.getScheme())
        && (host.equals("localhost")
            || host.equals("[::1]")
            || host.matches("127(\\.\\d{1,3}){3}"));
  }
}
