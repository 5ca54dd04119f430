package io.github.auditstream.connect.office365.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy's answer to {@code CONNECT} that opens no tunnel.
 *
 * @param status the answer's; 0 where the HTTP client does not tell
 */
record ProxyRefusal(int status) {
  private static final int AUTHENTICATION_REQUIRED = 407;

  /** As the JDK's client says it, from 17 to 25: its exception has no field for the status. */
  private static final Pattern TUNNEL_FAILED =
      Pattern.compile("tunnel failed(?:, got: (\\d{3}))?", Pattern.CASE_INSENSITIVE);

  /** The refusal that is the failure of the HTTP client, or one of its causes. */
  static Optional<ProxyRefusal> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Matcher said = TUNNEL_FAILED.matcher(String.valueOf(cause.getMessage()));
      if (said.find()) {
        return Optional.of(
            new ProxyRefusal(said.group(1) == null ? 0 : Integer.parseInt(said.group(1))));
      }
    }
    return Optional.empty();
  }

  /** Whether it is about user name and password. No other status is. */
  boolean wantsPassword() {
    return status == AUTHENTICATION_REQUIRED;
  }

  /**
   * What happened and what to do, as the end of a sentence, with its full stop.
   *
   * @param host where the tunnel was to lead
   */
  String describe(String host) {
    String refusal =
        "the proxy refuses the tunnel to "
            + host
            + (status == 0 ? "; " : " with HTTP " + status + "; ");
    if (wantsPassword()) {
      return refusal
          + "check proxy.user and proxy.password, and that the worker is started with"
          + " -Djdk.http.auth.tunneling.disabledSchemes= in KAFKA_OPTS.";
    }
    if (status >= 500) {
      return refusal + "it cannot reach the host: check the proxy's own network, firewall and DNS.";
    }
    return refusal
        + "have the proxy's rules let the worker reach this host on port 443, and check proxy.host and"
        + " proxy.port.";
  }
}
