package io.github.auditstream.connect.office365.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A body as a stream that cannot hang: the JDK's own waits for ever for the next byte and does not
 * heed an interrupt.
 *
 * <p>It is handed out when its end or a given number of bytes is there, or when it has not come so
 * far within the time-out: so a thread that reads it has something to read, and most bodies are
 * read without a wait. Until then, and ahead of the reader, it holds as many bytes, and one arrival
 * (some 16 KiB) more. One thread reads; any thread may close, which ends a read under way and drops
 * the connection if the body is not at its end. Needs no thread of its own.
 */
public final class BodyStream extends InputStream
    implements HttpResponse.BodySubscriber<BodyStream> {

  /**
   * What at least must come for each time-out that was waited altogether, so that a body that drips
   * byte by byte ends too.
   */
  private static final int LEAST_BYTES_A_TIMEOUT = 1024;

  /** The body stopped arriving. */
  public static final class StalledException extends IOException {
    private static final long serialVersionUID = 1L;

    StalledException() {
      super("the body stopped arriving");
    }
  }

  /** What the client reports of the body, in order. */
  private sealed interface Arrival {
    record Bytes(List<ByteBuffer> buffers) implements Arrival {}

    record Broken(Throwable error) implements Arrival {}

    record End() implements Arrival {}

    record Closed() implements Arrival {}
  }

  /** In place of the client's subscription once the stream is closed. */
  private static final Flow.Subscription CLOSED =
      new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
      };

  /** Fewer bytes are copied: what came may be a small part of a buffer of 16 KiB. */
  private static final int FEW_BYTES = 4 * 1024;

  private final long timeoutNanos;
  private final int heldBytes;
  private final boolean wholeOnly;
  private final ScheduledExecutorService timer;
  private final CompletableFuture<BodyStream> handedOut = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

  /** Bounded by the bytes that are held, and at most one of each other kind. */
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

  private final Object demand = new Object();
  private long unreadBytes; // guarded by demand
  private boolean asked; // guarded by demand: the client is to hand over another arrival

  private volatile boolean complete;

  // The reader's own.
  private Iterator<ByteBuffer> buffers = Collections.emptyIterator();
  private ByteBuffer current = ByteBuffer.allocate(0);
  private @Nullable Arrival last;
  private long receivedBytes;
  private long waitedNanos;

  private BodyStream(
      Duration timeout, int heldBytes, boolean wholeOnly, ScheduledExecutorService timer) {
    this.timeoutNanos = timeout.toNanos();
    this.heldBytes = heldBytes;
    this.wholeOnly = wholeOnly;
    this.timer = timer;
  }

  /**
   * A body that is read while it arrives.
   *
   * @param timeout the longest wait for its beginning, and then for its next bytes
   * @param heldBytes how many bytes are held ahead of the reader
   * @param timer ends the wait for the beginning
   */
  public static BodyStream streamed(
      Duration timeout, int heldBytes, ScheduledExecutorService timer) {
    return new BodyStream(timeout, heldBytes, false, timer);
  }

  /**
   * A body that is there as a whole in time, or breaks.
   *
   * @param timeout the longest wait for its end
   * @param heldBytes a longer one is handed out when so many bytes are there
   * @param timer ends the wait
   */
  public static BodyStream whole(Duration timeout, int heldBytes, ScheduledExecutorService timer) {
    return new BodyStream(timeout, heldBytes, true, timer);
  }

  /** Has something done when no more comes over the wire, for whatever reason. */
  public void whenEnded(Runnable then) {
    var unused = ended.whenComplete((nothing, error) -> then.run());
  }

  /** Has something done when the body is handed out. */
  public void whenHandedOut(Runnable then) {
    var unused = handedOut.whenComplete((body, error) -> then.run());
  }

  /** There once the body is handed out. */
  @Override
  public CompletionStage<BodyStream> getBody() {
    return handedOut;
  }

  @Override
  public void onSubscribe(Flow.Subscription upstream) {
    if (!subscription.compareAndSet(null, upstream)) {
      upstream.cancel();
      return;
    }
    synchronized (demand) {
      asked = true;
    }
    try {
      Future<?> end = timer.schedule(this::overdue, timeoutNanos, TimeUnit.NANOSECONDS);
      CompletableFuture<?> inTime = wholeOnly ? ended : handedOut;
      var unused = inTime.whenComplete((body, error) -> end.cancel(false));
    } catch (RejectedExecutionException e) {
      // The task stops.
      close();
      handedOut.complete(this);
    }
    upstream.request(1);
  }

  private void overdue() {
    if (wholeOnly) {
      arrivals.add(new Arrival.Broken(new StalledException()));
    }
    handedOut.complete(this);
  }

  @Override
  public void onNext(List<ByteBuffer> received) {
    long bytes = bytesOf(received);
    arrivals.add(new Arrival.Bytes(bytes < FEW_BYTES ? copied(received, bytes) : received));
    boolean more;
    synchronized (demand) {
      unreadBytes += bytes;
      more = unreadBytes < heldBytes;
      asked = more;
    }
    if (more) {
      request();
    } else {
      handedOut.complete(this);
    }
  }

  private static long bytesOf(List<ByteBuffer> buffers) {
    long bytes = 0;
    for (ByteBuffer buffer : buffers) {
      bytes += buffer.remaining();
    }
    return bytes;
  }

  private static List<ByteBuffer> copied(List<ByteBuffer> received, long bytes) {
    ByteBuffer copy = ByteBuffer.allocate((int) bytes);
    received.forEach(copy::put);
    return List.of(copy.flip());
  }

  private void request() {
    Flow.Subscription upstream = subscription.get();
    if (upstream != null) {
      upstream.request(1);
    }
  }

  @Override
  public void onError(Throwable error) {
    arrivals.add(new Arrival.Broken(error));
    handedOut.complete(this);
    ended.complete(null);
  }

  @Override
  public void onComplete() {
    complete = true;
    arrivals.add(new Arrival.End());
    handedOut.complete(this);
    ended.complete(null);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (isClosed()) {
      throw closedException();
    }
    while (!current.hasRemaining()) {
      if (buffers.hasNext()) {
        current = buffers.next();
      } else if (!refill()) {
        return -1;
      }
    }
    int count = Math.min(length, current.remaining());
    current.get(into, offset, count);
    return count;
  }

  /** Takes the next arrival; false at the end of the body. */
  private boolean refill() throws IOException {
    Arrival arrival = last == null ? await() : last;
    if (arrival instanceof Arrival.Bytes bytes) {
      long taken = bytesOf(bytes.buffers());
      receivedBytes += taken;
      buffers = bytes.buffers().iterator();
      askForMore(taken);
      return true;
    }
    last = arrival;
    if (arrival instanceof Arrival.Broken broken) {
      if (broken.error() instanceof StalledException stalled) {
        throw stalled;
      }
      throw new IOException("the connection broke inside the body", broken.error());
    }
    if (arrival instanceof Arrival.Closed) {
      throw closedException();
    }
    return false;
  }

  private void askForMore(long taken) {
    boolean more;
    synchronized (demand) {
      unreadBytes -= taken;
      more = !asked && unreadBytes < heldBytes;
      asked |= more;
    }
    if (more) {
      request();
    }
  }

  private Arrival await() throws IOException {
    long before = System.nanoTime();
    Arrival arrival;
    try {
      arrival = arrivals.poll(patienceNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted in the body");
      interrupted.initCause(e);
      throw interrupted;
    }
    waitedNanos += System.nanoTime() - before;
    if (arrival == null) {
      close();
      throw new StalledException();
    }
    return arrival;
  }

  private long patienceNanos() {
    long altogether = timeoutNanos * (1 + receivedBytes / LEAST_BYTES_A_TIMEOUT);
    return Math.min(timeoutNanos, Math.max(0, altogether - waitedNanos));
  }

  /** Idempotent, and from any thread. After the end of the body it costs nothing. */
  @Override
  public void close() {
    Flow.Subscription before = subscription.getAndSet(CLOSED);
    if (before != CLOSED) {
      arrivals.add(new Arrival.Closed());
      // The client has a complete body's connection back already.
      if (before != null && !complete) {
        before.cancel();
      }
      handedOut.complete(this);
      ended.complete(null);
    }
  }

  private boolean isClosed() {
    return subscription.get() == CLOSED;
  }

  private static IOException closedException() {
    return new IOException("the body was closed");
  }
}
