package io.github.auditstream.connect.office365.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ConnectionFailureTest {

  @Test
  void classifiesByTheInnermostCause() {
    ConnectException unresolved = new ConnectException();
    unresolved.initCause(new UnresolvedAddressException());
    SSLHandshakeException untrusted = new SSLHandshakeException("x");
    untrusted.initCause(new CertificateException("y"));

    assertThat(ConnectionFailure.of(unresolved)).isEqualTo(ConnectionFailure.NAME_NOT_RESOLVED);
    assertThat(ConnectionFailure.of(new UnknownHostException("x")))
        .isEqualTo(ConnectionFailure.NAME_NOT_RESOLVED);
    assertThat(ConnectionFailure.of(new ConnectException("refused")))
        .isEqualTo(ConnectionFailure.NOT_CONNECTED);
    assertThat(ConnectionFailure.of(new HttpConnectTimeoutException("x")))
        .isEqualTo(ConnectionFailure.NOT_CONNECTED);
    assertThat(ConnectionFailure.of(new HttpTimeoutException("x")))
        .isEqualTo(ConnectionFailure.NO_ANSWER);
    assertThat(ConnectionFailure.of(untrusted)).isEqualTo(ConnectionFailure.TLS_FAILED);
    assertThat(ConnectionFailure.of(new IOException("reset")))
        .isEqualTo(ConnectionFailure.BROKEN_OFF);
  }

  @Test
  void distinguishesAProxyThatWantsAPasswordFromOneThatRefuses() {
    assertThat(ConnectionFailure.of(new IOException("Tunnel failed, got: 407")))
        .isEqualTo(ConnectionFailure.PROXY_WANTS_PASSWORD);
    assertThat(ConnectionFailure.of(new IOException(new IOException("Tunnel failed, got: 403"))))
        .isEqualTo(ConnectionFailure.PROXY_REFUSES);
  }
}
