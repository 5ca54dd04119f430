package io.github.auditstream.connect.office365.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Ports of this machine, chosen by the system. */
public final class Ports {
  private static final int ATTEMPTS = 4;
  private static final int CONNECT_MS = 200;

  private static final Path RESERVATIONS =
      Path.of(System.getProperty("java.io.tmpdir"), "office365-ports");
  private static final Queue<FileChannel> HELD = new ConcurrentLinkedQueue<>();

  private Ports() {}

  /**
   * A port that nothing listens on at this moment, and that no other JVM of tests has chosen: what
   * answers there is what this one starts.
   */
  public static int free() {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        if (reserved(socket.getLocalPort())) {
          return socket.getLocalPort();
        }
      } catch (IOException e) {
        throw new UncheckedIOException("no free port", e);
      }
    }
  }

  /** Until this JVM ends, where no other has it. */
  private static boolean reserved(int port) throws IOException {
    Files.createDirectories(RESERVATIONS);
    FileChannel file =
        FileChannel.open(
            RESERVATIONS.resolve(Integer.toString(port)),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      if (file.tryLock() != null) {
        HELD.add(file);
        return true;
      }
    } catch (OverlappingFileLockException e) {
      // This JVM has chosen it before.
    }
    file.close();
    return false;
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
