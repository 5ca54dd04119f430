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

/** What stands in the way where no answer came at all, as far as the HTTP client can tell. */
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
  /** The connection stands, but no answer came in time. */
  NO_ANSWER,
  /** The exchange broke off, or what came is not an answer. */
  BROKEN_OFF;

  private record Sign(Class<? extends Throwable> type, ConnectionFailure obstacle) {}

  /** The first that fits the failure or one of its causes speaks. */
  private static final List<Sign> SIGNS =
      List.of(
          new Sign(HttpConnectTimeoutException.class, NOT_CONNECTED),
          new Sign(HttpTimeoutException.class, NO_ANSWER),
          new Sign(GeneralSecurityException.class, TLS_FAILED),
          new Sign(SSLException.class, TLS_FAILED),
          new Sign(UnresolvedAddressException.class, NAME_NOT_RESOLVED),
          new Sign(UnknownHostException.class, NAME_NOT_RESOLVED),
          new Sign(ConnectException.class, NOT_CONNECTED));

  /** What a failure of the HTTP client means. */
  public static ConnectionFailure of(Throwable failure) {
    Optional<ProxyRefusal> refusal = ProxyRefusal.in(failure);
    if (refusal.isPresent()) {
      return refusal.get().wantsPassword() ? PROXY_WANTS_PASSWORD : PROXY_REFUSES;
    }
    for (Sign sign : SIGNS) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (sign.type().isInstance(cause)) {
          return sign.obstacle();
        }
      }
    }
    return BROKEN_OFF;
  }
}
