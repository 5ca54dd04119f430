package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.http.BodyStream;
import io.github.auditstream.connect.office365.http.ProxyRefusal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * What an exception of the HTTP client means, in our own words: its own may quote what came over
 * the wire.
 */
final class ConnectionTrouble {
  private record Row(Class<? extends Throwable> type, String words) {}

  /** The first row that fits the exception or one of its causes speaks. */
  private static final List<Row> ROWS =
      List.of(
          new Row(
              HttpConnectTimeoutException.class,
              "no connection within 'connect.timeout.ms'. Check the network, firewall and 'proxy.*'"),
          new Row(
              HttpTimeoutException.class,
              "no answer within 'request.timeout.ms'; it is asked again later"),
          new Row(
              BodyStream.StalledException.class,
              "the answer began, but its rest did not come within 'request.timeout.ms'; it is asked"
                  + " again later"),
          new Row(
              GeneralSecurityException.class,
              "the server's certificate is not trusted. Set 'ssl.truststore.location' if a proxy"
                  + " or a private authority signs it"),
          new Row(
              SSLException.class,
              "no secure connection could be agreed. Check 'ssl.*' and any proxy in between"),
          new Row(
              UnresolvedAddressException.class,
              "the host's name cannot be resolved. Check DNS, 'cloud' and 'management.endpoint'"),
          new Row(
              UnknownHostException.class,
              "the host's name cannot be resolved. Check DNS, 'cloud' and 'management.endpoint'"),
          new Row(
              ConnectException.class,
              "the connection was refused. Check the network, firewall and 'proxy.*'"),
          new Row(
              IOException.class,
              "the connection broke before the answer was complete; it is asked again later"));

  private ConnectionTrouble() {}

  /**
   * @param host that was asked
   */
  static String inWords(IOException e, String host) {
    Optional<ProxyRefusal> refusal = ProxyRefusal.in(e);
    if (refusal.isPresent()) {
      return refusal.get().inWords(host);
    }
    for (Row row : ROWS) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (row.type().isInstance(cause)) {
          return row.words() + " (" + e.getClass().getSimpleName() + ").";
        }
      }
    }
    return "the connection broke (" + e.getClass().getSimpleName() + ").";
  }
}
