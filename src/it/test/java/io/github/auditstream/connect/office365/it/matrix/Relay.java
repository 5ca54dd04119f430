package io.github.auditstream.connect.office365.it.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes connections on to a server of this machine, or to another one. While it is shut it ends
 * every connection without an answer, so to its clients the server is away. Safe for many threads.
 */
final class Relay implements AutoCloseable {
  private static final AtomicInteger THREADS = new AtomicInteger();

  private static final int NOBODY = 0;

  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refused = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> new Thread(work, "office365-relay-" + THREADS.incrementAndGet()));
  private volatile int target;

  private Relay(int target, ServerSocket server) {
    this.target = target;
    this.server = server;
  }

  /** Starts one to a port of this machine. */
  static Relay to(int port) throws IOException {
    Relay relay = new Relay(port, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    relay.threads.execute(relay::accept);
    return relay;
  }

  /** Where clients connect to. */
  int port() {
    return server.getLocalPort();
  }

  /** From now on nobody is answered, and who waits for an answer gets none. */
  void shut() {
    passTo(NOBODY);
  }

  /** From now on connections go to this port of this machine, and those that there are end. */
  void passTo(int port) {
    target = port;
    sockets.forEach(Relay::end);
  }

  /** How many connections were ended at once because it was shut. */
  int refused() {
    return refused.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        int port = target;
        if (port == NOBODY) {
          refused.incrementAndGet();
          end(client);
        } else {
          pass(client, port);
        }
      } catch (IOException e) {
        // The relay is closed, or the client or the server gave this connection up.
      }
    }
  }

  private void pass(Socket client, int port) throws IOException {
    sockets.add(client);
    Socket onward = new Socket(InetAddress.getLoopbackAddress(), port);
    sockets.add(onward);
    threads.execute(() -> pump(client, onward));
    threads.execute(() -> pump(onward, client));
    if (port != target) {
      end(client);
      end(onward);
    }
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException e) {
      // One side is gone, so the other has to go too.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    shut();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the relay's threads go on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
