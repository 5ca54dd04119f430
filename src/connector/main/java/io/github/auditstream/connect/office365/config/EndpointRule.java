package io.github.auditstream.connect.office365.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The root of a service: {@code https://host} or {@code https://host:port}, and nothing after it.
 */
public final class EndpointRule {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(0*:)*0*:?0*1]");

  private static final int LAST_PORT = 65_535;

  private static final String VALID = "https://host or https://host:port";

  private EndpointRule() {}

  /**
   * As a setting's rule.
   *
   * @param loopbackWithoutTls whether {@code http} will do for a host on this machine, as a
   *     simulator is
   */
  static Rule<URI> with(boolean loopbackWithoutTls) {
    return new Rule<>(ConfigDef.Type.STRING, VALID, text -> read(text, loopbackWithoutTls));
  }

  /**
   * The root that a text names.
   *
   * @param loopbackWithoutTls whether {@code http} will do for a host on this machine
   */
  public static URI read(String text, boolean loopbackWithoutTls) throws InvalidValueException {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw invalid("is not a URL");
    }
    if (uri.getScheme() == null || uri.getHost() == null) {
      throw invalid("has no scheme or no host");
    }
    if (uri.getRawUserInfo() != null) {
      throw invalid("holds a user name");
    }
    boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
    if (!bare || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw invalid("has something after the host");
    }
    if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      throw invalid("has an invalid port");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    boolean withoutTls =
        loopbackWithoutTls && scheme.equals("http") && LOOPBACK.matcher(host).matches();
    if (!scheme.equals("https") && !withoutTls) {
      throw invalid("is not https, and tokens must not travel in the clear");
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return URI.create(scheme + "://" + host + port);
  }

  private static InvalidValueException invalid(String reason) {
    return new InvalidValueException(reason, "write " + VALID);
  }
}
