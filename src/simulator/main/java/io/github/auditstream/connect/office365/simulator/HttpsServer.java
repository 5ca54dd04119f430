package io.github.auditstream.connect.office365.simulator;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * The listening side: a port that is Entra ID and the management host, one that is Microsoft Graph,
 * and two that a client has no business with.
 */
final class HttpsServer implements AutoCloseable {
  /** The connector of the management host. */
  static final String MANAGEMENT = "management";

  /** The connector of Microsoft Graph. */
  static final String GRAPH = "graph";

  private static final int THREADS = 32;
  private static final long IDLE_MILLIS = Duration.ofMinutes(5).toMillis();

  private final Server server;
  private final ServerConnector management;
  private final ServerConnector graph;
  private final ServerConnector elsewhere;
  private final ServerConnector plainHttp;
  private int port;
  private int graphPort;

  private HttpsServer(World world, SelfSignedCertificate certificate, int port, int graphPort) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("office365-simulator");
    threads.setDaemon(true);
    ScheduledExecutorScheduler scheduler =
        new ScheduledExecutorScheduler("office365-simulator-timer", true);
    server = new Server(threads, scheduler, null);
    management = connector(MANAGEMENT, tls(certificate), http());
    management.setPort(port);
    graph = connector(GRAPH, tls(certificate), http());
    graph.setPort(graphPort);
    elsewhere = connector("elsewhere", tls(certificate), http());
    elsewhere.setHost("localhost");
    plainHttp = new ServerConnector(server, 1, 1, http());
    plainHttp.setName("plain");
    plainHttp.setHost("localhost");
    server.addConnector(management);
    server.addConnector(graph);
    server.addConnector(elsewhere);
    server.addConnector(plainHttp);
    server.setHandler(new Dispatcher(world, scheduler));
  }

  static HttpsServer start(
      World world, SelfSignedCertificate certificate, String host, int port, int graphPort)
      throws IOException {
    HttpsServer started = new HttpsServer(world, certificate, port, graphPort);
    try {
      started.server.start();
    } catch (Exception e) {
      started.close();
      throw new IOException(
          "the simulator cannot listen on the ports " + port + " and " + graphPort, e);
    }
    started.port = started.management.getLocalPort();
    started.graphPort = started.graph.getLocalPort();
    world.reachableAt(
        URI.create("https://" + host + ":" + started.port),
        URI.create("https://" + host + ":" + started.graphPort),
        URI.create("https://localhost:" + started.elsewhere.getLocalPort()),
        URI.create("http://localhost:" + started.plainHttp.getLocalPort()));
    return started;
  }

  private ServerConnector connector(
      String name, SslContextFactory.Server tls, HttpConnectionFactory http) {
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new SslConnectionFactory(tls, http.getProtocol()), http);
    connector.setName(name);
    connector.setIdleTimeout(IDLE_MILLIS);
    return connector;
  }

  private static HttpConnectionFactory http() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    // The simulator writes it by its own clock.
    configuration.setSendDateHeader(false);
    configuration.setOutputBufferSize(64 * 1024);
    return new HttpConnectionFactory(configuration);
  }

  private static SslContextFactory.Server tls(SelfSignedCertificate certificate) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(certificate.keyStore());
    tls.setKeyStorePassword(certificate.password());
    tls.setSniRequired(false);
    return tls;
  }

  /** Refuses connections to the management host and to Graph, and ends those that there are. */
  void stopListening() {
    // Kept, since the system would choose others the next time.
    management.setPort(port);
    graph.setPort(graphPort);
    try {
      management.stop();
      graph.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the simulator did not stop listening", e);
    }
  }

  /** Takes connections to the management host and to Graph again, on the same ports. */
  void listenAgain() throws IOException {
    try {
      management.start();
      graph.start();
    } catch (Exception e) {
      throw new IOException("the simulator cannot listen on port " + port + " again", e);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the simulator's server did not stop", e);
    }
  }
}
