package io.github.auditstream.connect.office365.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Supplier;

/** Ports of this machine, chosen by the system. */
public final class Ports {
  private static final int ATTEMPTS = 4;
  private static final int CONNECT_MS = 200;

  private Ports() {}

  /** A port that nothing listens on at this moment. */
  public static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  /** Whether something listens on it. */
  public static boolean open(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Starts something that chooses free ports itself, again with others when a port was taken
   * between choice and use: the programs started here cannot report a port they chose themselves.
   */
  public static <T> T retryingTakenPorts(Supplier<T> start) {
    for (int attempt = 1; ; attempt++) {
      try {
        return start.get();
      } catch (StackException e) {
        if (!e.portTaken() || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
