package io.github.auditstream.connect.office365.api;

import java.net.URI;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Lets only requests to the configured management host pass. Addresses come from the server, and
 * with each request goes a token: one must never reach another host.
 */
record OwnHostOnly(URI root, Exchange next) implements Exchange {
  /** What is put into a message is not the server's to decide; no host's name is longer. */
  private static final int LONGEST_SHOWN = 300;

  @Override
  public CompletableFuture<ApiOutcome<Answer>> send(Call call) {
    return isOwn(root, call.uri())
        ? next.send(call)
        : CompletableFuture.completedFuture(
            call.failed(ApiOutcome.Kind.MALFORMED, refusal(root, call.uri()) + "."));
  }

  /** Whether scheme, host and port are those of the root, and nothing else hides in between. */
  static boolean isOwn(URI root, URI uri) {
    return uri.getHost() != null
        && uri.getRawUserInfo() == null
        && root.getScheme().equalsIgnoreCase(uri.getScheme())
        && root.getHost().equalsIgnoreCase(uri.getHost())
        && port(root) == port(uri);
  }

  /** Why the address was not asked. */
  static String refusal(URI root, URI uri) {
    return "the API gave an address at "
        + shown(uri)
        + ", which is not the configured management endpoint "
        + shown(root)
        + ". It was not asked, so no token went there. If it is right, set 'cloud' or"
        + " 'management.endpoint' to match";
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
