package io.github.auditstream.connect.office365.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The root of a service: {@code https://host} or {@code https://host:port}, and nothing after it.
 */
final class EndpointRule implements Rule<URI> {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(0*:)*0*:?0*1]");

  private static final int LAST_PORT = 65_535;

  private final boolean loopbackWithoutTls;

  /**
   * @param loopbackWithoutTls whether {@code http} will do for a host on this machine, as a
   *     simulator is
   */
  EndpointRule(boolean loopbackWithoutTls) {
    this.loopbackWithoutTls = loopbackWithoutTls;
  }

  @Override
  public URI read(String text) throws InvalidValueException {
    String fix = "write " + validValues();
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new InvalidValueException("is not a URL", fix);
    }
    if (uri.getScheme() == null || uri.getHost() == null) {
      throw new InvalidValueException("has no scheme or no host", fix);
    }
    if (uri.getRawUserInfo() != null) {
      throw new InvalidValueException("holds a user name", fix);
    }
    boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
    if (!bare || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new InvalidValueException("has something after the host", fix);
    }
    if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      throw new InvalidValueException("has an invalid port", fix);
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !allowedWithoutTls(scheme, host)) {
      throw new InvalidValueException("is not https, and tokens must not travel in the clear", fix);
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return URI.create(scheme + "://" + host + port);
  }

  private boolean allowedWithoutTls(String scheme, String host) {
    return loopbackWithoutTls && scheme.equals("http") && LOOPBACK.matcher(host).matches();
  }

  @Override
  public String validValues() {
    return "https://host or https://host:port";
  }
}
