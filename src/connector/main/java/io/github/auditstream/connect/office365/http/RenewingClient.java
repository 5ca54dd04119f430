package io.github.auditstream.connect.office365.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends no request over a connection that was idle for long: firewalls and NAT gateways forget such
 * connections, many silently, and a request over one gets no answer.
 *
 * <p>The JDK's client keeps a connection for 20 minutes (up to Java 19) or 30 seconds, which only a
 * flag of the whole JVM changes. So this client follows how long the connections in the JDK's pool
 * have been idle, and goes on with a new client of the JDK's where the next request could meet one
 * that was idle for too long. The JDK hands out the connection that has been idle for longest, so
 * under load none grows old, and the client stays. It is renewed as well when a request over a
 * connection that was kept has failed: what made that one unusable may have done so to all.
 *
 * <p>A client that was replaced is ended when its last exchange is: with the end of the body, which
 * may be read long after the response is there. No client is replaced sooner than after {@link
 * #LONGEST_IDLE}, so that there are few at a time.
 *
 * <p>Safe for many threads.
 */
final class RenewingClient extends DelegatingClient implements AutoCloseable {
  /** Shorter than any firewall's that is known of; those of clouds are minutes. */
  static final Duration LONGEST_IDLE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(RenewingClient.class);

  private final Supplier<JdkClient> source;
  private final LongSupplier nanoTime;
  private final long longestIdleNanos;
  // Guarded by this.
  private final Set<Generation> open = new HashSet<>();
  private Generation current;
  private boolean closed;

  /** One client of the JDK's, and what is known of its connections. Guarded by the outer object. */
  private static final class Generation {
    private final JdkClient jdk;
    private final long since;

    /** For each destination, since when its idle connections are; the oldest first. */
    private final Map<String, Deque<Long>> idle = new HashMap<>();

    private int exchanges;
    private boolean suspect;

    Generation(JdkClient jdk, long since) {
      this.jdk = jdk;
      this.since = since;
    }

    private Deque<Long> idle(String destination) {
      return idle.computeIfAbsent(destination, d -> new ArrayDeque<>());
    }
  }

  /** A request with its answer, up to the end of the body. */
  private final class Exchange implements ObservedBody.Listener {
    private final Generation generation;
    private final String destination;
    private final boolean overKept;
    // Guarded by the outer object.
    private boolean answered;
    private boolean bodyEnded;
    private boolean kept;
    private boolean over;

    Exchange(Generation generation, String destination, boolean overKept) {
      this.generation = generation;
      this.destination = destination;
      this.overKept = overKept;
    }

    <T> HttpResponse.BodyHandler<T> observed(HttpResponse.BodyHandler<T> handler) {
      return info -> new ObservedBody<>(handler.apply(info), this);
    }

    void ended(@Nullable Throwable failure) {
      if (failure == null) {
        answered();
      } else {
        failed(failure);
      }
    }

    void answered() {
      synchronized (RenewingClient.this) {
        answered = true;
      }
      endIfOver();
    }

    @Override
    public void bodyEnded(boolean whole) {
      synchronized (RenewingClient.this) {
        kept = bodyEnded ? kept : whole;
        bodyEnded = true;
      }
      endIfOver();
    }

    void failed(Throwable failure) {
      synchronized (RenewingClient.this) {
        answered = true;
        bodyEnded = true;
        generation.suspect |= overKept && !isOfConnecting(failure);
      }
      endIfOver();
    }

    private void endIfOver() {
      JdkClient ended;
      synchronized (RenewingClient.this) {
        if (over || !answered || !bodyEnded) {
          return;
        }
        over = true;
        if (kept) {
          generation.idle(destination).addLast(nanoTime.getAsLong());
        }
        generation.exchanges--;
        if (generation == current || generation.exchanges > 0 || !open.remove(generation)) {
          return;
        }
        ended = generation.jdk;
      }
      ended.end();
    }
  }

  /**
   * Builds the first client.
   *
   * @param source builds a client of the JDK's, always of the same kind
   * @param longestIdle after which a connection is not used any more
   */
  RenewingClient(Supplier<JdkClient> source, LongSupplier nanoTime, Duration longestIdle) {
    this.source = source;
    this.nanoTime = nanoTime;
    this.longestIdleNanos = longestIdle.toNanos();
    this.current = new Generation(source.get(), nanoTime.getAsLong());
    open.add(current);
  }

  @Override
  synchronized HttpClient delegate() {
    return current.jdk.client();
  }

  /** How many clients of the JDK's there are. */
  synchronized int clients() {
    return open.size();
  }

  private Exchange begin(URI uri) throws IOException {
    String destination = (uri.getScheme() + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT);
    JdkClient ended = null;
    Exchange begun;
    synchronized (this) {
      if (closed) {
        // Up to JDK 20 a client that was ended would not answer at all.
        throw new IOException("the HTTP client is closed");
      }
      if (isOld(destination)) {
        ended = renew();
      }
      current.exchanges++;
      boolean overKept = current.idle(destination).pollFirst() != null;
      begun = new Exchange(current, destination, overKept);
    }
    if (ended != null) {
      ended.end();
    }
    return begun;
  }

  private boolean isOld(String destination) {
    long now = nanoTime.getAsLong();
    if (now - current.since <= longestIdleNanos) {
      return false;
    }
    Long oldest = current.idle(destination).peekFirst();
    return current.suspect || (oldest != null && now - oldest > longestIdleNanos);
  }

  /** The client that nobody needs any more, if there is one. */
  private @Nullable JdkClient renew() {
    Generation before = current;
    try {
      current = new Generation(source.get(), nanoTime.getAsLong());
    } catch (RuntimeException e) {
      LOG.warn(
          "The HTTP client cannot be renewed, and goes on with the connections that it has: check"
              + " the worker's limits of open files and threads",
          e);
      return null;
    }
    open.add(current);
    return before.exchanges == 0 && open.remove(before) ? before.jdk : null;
  }

  private static boolean isOfConnecting(Throwable failure) {
    Throwable cause = Causes.of(failure);
    return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    Exchange exchange = begin(request.uri());
    try {
      HttpResponse<T> response =
          exchange.generation.jdk.client().send(request, exchange.observed(handler));
      exchange.answered();
      return response;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      exchange.failed(e);
      throw e;
    }
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    return sendAsync(request, handler, null);
  }

  /** The JDK's own future, with which the exchange can be cancelled. */
  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      HttpResponse.@Nullable PushPromiseHandler<T> pushHandler) {
    Exchange exchange;
    try {
      exchange = begin(request.uri());
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    try {
      CompletableFuture<HttpResponse<T>> sent =
          exchange
              .generation
              .jdk
              .client()
              .sendAsync(request, exchange.observed(handler), pushHandler);
      // Not handed out: what is cancelled does not run what depends on it.
      var unused = sent.whenComplete((response, failure) -> exchange.ended(failure));
      return sent;
    } catch (RuntimeException | Error e) {
      exchange.failed(e);
      throw e;
    }
  }

  /** Ends all; what is sent from now on fails. */
  @Override
  public void close() {
    List<JdkClient> ended = new ArrayList<>();
    synchronized (this) {
      closed = true;
      open.forEach(generation -> ended.add(generation.jdk));
      open.clear();
    }
    ended.forEach(JdkClient::end);
  }
}
