package io.github.auditstream.connect.office365.http;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why an exchange failed on the way, as far as the HTTP client can tell. */
public enum ConnectionFailure {
  /** A proxy asks for another user name or password (407). */
  PROXY_WANTS_PASSWORD,
  /** A proxy refuses the tunnel. */
  PROXY_REFUSES,
  /** The host's name is unknown here. */
  NAME_NOT_RESOLVED,
  /** TLS failed, most often since nobody vouches for the server's certificate. */
  TLS_FAILED,
  /** Nobody takes the connection, or not in time. */
  NOT_CONNECTED,
  /** The connection is open, but no answer came in time. */
  NO_ANSWER,
  /** The exchange broke off, or what came is not an answer. */
  BROKEN_OFF;

  private static final String CHECK_WAY = "; check the network, firewall and proxy.host";
  private static final String CHECK_IF_IT_LASTS =
      "; if this lasts, check the network and proxy.host";
  private static final String NOT_RESOLVED =
      "the host name cannot be resolved; check the worker's DNS, proxy.host, cloud and ";

  /**
   * One type of exception.
   *
   * @param description of our own, since that of the exception may quote what came over the wire
   */
  private record Row(
      Class<? extends Throwable> type, ConnectionFailure failure, String description) {}

  /** The first row that fits the exception or one of its causes counts. */
  private static final List<Row> ROWS =
      List.of(
          new Row(
              HttpConnectTimeoutException.class,
              NOT_CONNECTED,
              "no connection within connect.timeout.ms" + CHECK_WAY),
          new Row(
              HttpTimeoutException.class,
              NO_ANSWER,
              "no answer within request.timeout.ms" + CHECK_IF_IT_LASTS),
          new Row(
              BodyStream.StalledException.class,
              BROKEN_OFF,
              "the answer began, but its rest did not come within request.timeout.ms"
                  + CHECK_IF_IT_LASTS),
          new Row(
              GeneralSecurityException.class,
              TLS_FAILED,
              "TLS failed, since the server's certificate is not trusted; if a proxy or a private"
                  + " authority signs it, put that authority into ssl.truststore.location"),
          new Row(
              SSLException.class,
              TLS_FAILED,
              "TLS failed; check ssl.*, and if a proxy intercepts TLS, put its authority into"
                  + " ssl.truststore.location"),
          new Row(UnresolvedAddressException.class, NAME_NOT_RESOLVED, NOT_RESOLVED),
          new Row(UnknownHostException.class, NAME_NOT_RESOLVED, NOT_RESOLVED),
          new Row(ConnectException.class, NOT_CONNECTED, "the connection was refused" + CHECK_WAY),
          new Row(
              Throwable.class,
              BROKEN_OFF,
              "the connection broke before the answer was complete" + CHECK_IF_IT_LASTS));

  /** What a failure of the HTTP client means. */
  public static ConnectionFailure of(Throwable failure) {
    return ProxyRefusal.in(failure)
        .map(refusal -> refusal.wantsPassword() ? PROXY_WANTS_PASSWORD : PROXY_REFUSES)
        .orElseGet(() -> row(failure).failure());
  }

  /**
   * What happened and what to check, as the end of a sentence, with its full stop.
   *
   * @param failure of the HTTP client
   * @param host that was asked
   * @param endpointKey the key that names the host where {@code cloud} does not
   */
  public static String describe(Throwable failure, String host, String endpointKey) {
    Optional<ProxyRefusal> refusal = ProxyRefusal.in(failure);
    if (refusal.isPresent()) {
      return refusal.get().describe(host);
    }
    Row row = row(failure);
    return row.description()
        + (row.failure() == NAME_NOT_RESOLVED ? endpointKey : "")
        + " ("
        + failure.getClass().getSimpleName()
        + ").";
  }

  private static Row row(Throwable failure) {
    for (Row row : ROWS) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (row.type().isInstance(cause)) {
          return row;
        }
      }
    }
    throw new IllegalStateException("the last row fits all", failure);
  }
}
