package io.github.auditstream.connect.office365.http;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** The JDK's server with a certificate. */
final class TlsServer {
  private TlsServer() {}

  /**
   * One on a free port, which the caller starts and stops.
   *
   * @param change of the parameters of each connection
   */
  static HttpsServer of(TestCertificate certificate, Consumer<SSLParameters> change)
      throws IOException {
    SSLContext context = certificate.serverContext();
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = context.getDefaultSSLParameters();
            change.accept(tls);
            parameters.setSSLParameters(tls);
          }
        });
    return server;
  }
}
