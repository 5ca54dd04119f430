package io.github.auditstream.connect.office365.http;

import java.net.URI;
import java.util.Locale;

/**
 * The one host that a token may go to. Addresses come from the server, too.
 *
 * @param root scheme and authority, without a path
 * @param name what it is called in messages, such as {@code management endpoint}
 * @param key the configuration key that names it
 */
public record OwnHost(URI root, String name, String key) {
  /** What is put into a message is not the server's to decide; no host's name is longer. */
  private static final int LONGEST_SHOWN = 300;

  /** Whether scheme, host and port are those of the root, and nothing else hides in between. */
  public boolean is(URI uri) {
    return uri.getHost() != null
        && uri.getRawUserInfo() == null
        && root.getScheme().equalsIgnoreCase(uri.getScheme())
        && root.getHost().equalsIgnoreCase(uri.getHost())
        && port(root) == port(uri);
  }

  /** Why the address was not asked. */
  public String refusal(URI uri) {
    return "the API gave an address at "
        + shown(uri)
        + ", which is not the configured "
        + name
        + " "
        + shown(root)
        + ". It was not asked, so no token went there. If it is right, set 'cloud' or '"
        + key
        + "' to match";
  }

  private static String shown(URI uri) {
    if (uri.getHost() == null) {
      return "no host";
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String origin = scheme + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    return origin.length() <= LONGEST_SHOWN ? origin : origin.substring(0, LONGEST_SHOWN) + "...";
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
  }
}
