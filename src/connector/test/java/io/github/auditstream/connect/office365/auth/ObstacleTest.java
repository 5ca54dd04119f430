package io.github.auditstream.connect.office365.auth;

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

class ObstacleTest {

  @Test
  void goesByTheInnermostSign() {
    ConnectException unresolved = new ConnectException();
    unresolved.initCause(new UnresolvedAddressException());
    SSLHandshakeException untrusted = new SSLHandshakeException("x");
    untrusted.initCause(new CertificateException("y"));

    assertThat(Obstacle.of(unresolved)).isEqualTo(Obstacle.NAME_NOT_RESOLVED);
    assertThat(Obstacle.of(new UnknownHostException("x"))).isEqualTo(Obstacle.NAME_NOT_RESOLVED);
    assertThat(Obstacle.of(new ConnectException("refused"))).isEqualTo(Obstacle.NOT_CONNECTED);
    assertThat(Obstacle.of(new HttpConnectTimeoutException("x"))).isEqualTo(Obstacle.NOT_CONNECTED);
    assertThat(Obstacle.of(new HttpTimeoutException("x"))).isEqualTo(Obstacle.NO_ANSWER);
    assertThat(Obstacle.of(untrusted)).isEqualTo(Obstacle.TLS_FAILED);
    assertThat(Obstacle.of(new IOException("reset"))).isEqualTo(Obstacle.BROKEN_OFF);
  }

  @Test
  void tellsAProxyThatWantsAPasswordFromOneThatRefuses() {
    assertThat(Obstacle.of(new IOException("Tunnel failed, got: 407")))
        .isEqualTo(Obstacle.PROXY_WANTS_PASSWORD);
    assertThat(Obstacle.of(new IOException(new IOException("Tunnel failed, got: 403"))))
        .isEqualTo(Obstacle.PROXY_REFUSES);
  }
}
