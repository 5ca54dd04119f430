package io.github.auditstream.connect.office365.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A real HTTP/1.1 server on a socket, which answers what its script says, byte for byte, and keeps
 * what it was asked. One that breaks rules is not available from a well-behaved library.
 */
public final class ScriptedServer implements AutoCloseable {

  /** A request as it came. */
  public record Request(String method, String target, Map<String, String> headers, String body) {
    public String path() {
      return target.split("\\?", 2)[0];
    }

    public List<String> parameters() {
      String[] parts = target.split("\\?", 2);
      return parts.length < 2 ? List.of() : List.of(parts[1].split("&", -1));
    }
  }

  private final ServerSocket socket;
  private final Thread acceptor;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Function<Request, Reply> script = request -> Reply.json(200, "[]");

  public ScriptedServer() throws IOException {
    this(ServerSocketFactory.getDefault(), "http");
  }

  public ScriptedServer(ServerSocketFactory sockets, String scheme) throws IOException {
    this.socket = sockets.createServerSocket(0, 200, InetAddress.getByName("localhost"));
    this.scheme = scheme;
    this.acceptor = new Thread(this::accept, "scripted-server");
    acceptor.start();
  }

  public URI root() {
    return URI.create(scheme + "://localhost:" + socket.getLocalPort());
  }

  /** Answers all requests so. */
  public ScriptedServer answers(Function<Request, Reply> newScript) {
    script = newScript;
    return this;
  }

  /** Answers the first request with the first reply, and so on; the last one again and again. */
  public ScriptedServer answers(Reply... replies) {
    AtomicInteger next = new AtomicInteger();
    return answers(request -> replies[Math.min(next.getAndIncrement(), replies.length - 1)]);
  }

  public List<Request> requests() {
    return requests;
  }

  public Request request() {
    if (requests.size() != 1) {
      throw new AssertionError("expected one request, not " + requests);
    }
    return requests.get(0);
  }

  public int connections() {
    return connections.get();
  }

  /** Counts down when the server is closed: what a reply waits for if it never goes on. */
  public CountDownLatch closing() {
    return closing;
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    socket.close();
    try {
      // A connection can be accepted while the socket is being closed.
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket connection : open) {
      connection.close();
    }
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        open.add(connection);
        connection.setTcpNoDelay(true);
        connections.incrementAndGet();
        threads.execute(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      Request request = read(in);
      while (request != null) {
        requests.add(request);
        Reply reply = script.apply(request);
        if (!reply.send(connection, this)) {
          return;
        }
        request = read(in);
      }
    } catch (IOException e) {
      // The client went, or the server closed.
    } finally {
      open.remove(connection);
    }
  }

  private static @Nullable Request read(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(in); line != null; line = line(in)) {
      if (!line.isEmpty()) {
        lines.add(line);
      } else if (!lines.isEmpty()) {
        String[] first = lines.get(0).split(" ", -1);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header : lines.subList(1, lines.size())) {
          String[] parts = header.split(":", 2);
          headers.put(parts[0].strip(), parts[1].strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Request(first[0], first[1], headers, body);
      }
    }
    return null;
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toString(StandardCharsets.US_ASCII).stripTrailing();
      }
      line.write(next);
    }
    return null;
  }
}
