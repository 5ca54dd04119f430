package io.github.auditstream.connect.office365.api;

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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A body as a stream that cannot hang: the JDK's own waits for ever for the next byte and does not
 * heed an interrupt.
 *
 * <p>Holds what the client hands over at one time (some 16 KiB) and asks for more only when that is
 * read. One thread reads; any thread may close, which ends a read under way and drops the
 * connection if the body is not at its end. Needs no thread of its own.
 */
final class BodyStream extends InputStream implements HttpResponse.BodySubscriber<BodyStream> {

  /**
   * What at least must come for each time-out that was waited altogether, so that a body that drips
   * byte by byte ends too.
   */
  private static final int LEAST_BYTES_A_TIMEOUT = 1024;

  /** The body stopped arriving. */
  static final class StalledException extends IOException {
    private static final long serialVersionUID = 1L;

    StalledException() {
      super("the body stopped arriving");
    }
  }

  /** What the client tells of the body, in order. */
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

  private final long timeoutNanos;
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

  /** Bounded by what is asked for: one arrival of bytes, and at most one of each other kind. */
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

  private volatile boolean complete;

  // The reader's own.
  private Iterator<ByteBuffer> buffers = Collections.emptyIterator();
  private ByteBuffer current = ByteBuffer.allocate(0);
  private @Nullable Arrival last;
  private long receivedBytes;
  private long waitedNanos;

  BodyStream(Duration timeout) {
    this.timeoutNanos = timeout.toNanos();
  }

  /** At once: the body is read while it arrives. */
  @Override
  public CompletionStage<BodyStream> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription upstream) {
    if (subscription.compareAndSet(null, upstream)) {
      upstream.request(1);
    } else {
      upstream.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> received) {
    arrivals.add(new Arrival.Bytes(received));
  }

  @Override
  public void onError(Throwable error) {
    arrivals.add(new Arrival.Broken(error));
  }

  @Override
  public void onComplete() {
    complete = true;
    arrivals.add(new Arrival.End());
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
      bytes.buffers().forEach(buffer -> receivedBytes += buffer.remaining());
      buffers = bytes.buffers().iterator();
      // The one before is read: now there is room for another.
      Flow.Subscription upstream = subscription.get();
      if (upstream != null) {
        upstream.request(1);
      }
      return true;
    }
    last = arrival;
    if (arrival instanceof Arrival.Broken broken) {
      throw new IOException("the connection broke inside the body", broken.error());
    }
    if (arrival instanceof Arrival.Closed) {
      throw closedException();
    }
    return false;
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
    }
  }

  private boolean isClosed() {
    return subscription.get() == CLOSED;
  }

  private static IOException closedException() {
    return new IOException("the body was closed");
  }
}
