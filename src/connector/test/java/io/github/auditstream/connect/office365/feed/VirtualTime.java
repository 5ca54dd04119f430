package io.github.auditstream.connect.office365.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Time that advances only when a test advances it, and what is due in it, in one thread. What is
 * due at the same instant runs in the order in which it was handed in, so that a run is the same
 * each time.
 *
 * <p>Work may itself let time pass, as a request does while its answer is on the way: what falls
 * due then runs inside it, as other threads would run beside it.
 */
final class VirtualTime {
  /** So much work at one instant is a loop that never waits. */
  private static final int MOST_AT_ONE_INSTANT = 100_000;

  private record Due(long atNanos, long number, Runnable work, Executor owner) {}

  private final Instant start;
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::number));
  private final Executor events = new Executor();
  private long nanos;
  private long numbers;
  private int atThisInstant;
  private int depth;
  private Runnable afterWork = () -> {};

  VirtualTime(Instant start) {
    this.start = start;
  }

  Instant now() {
    return start.plusNanos(nanos);
  }

  long nanos() {
    return nanos;
  }

  /** How many pieces of work are waiting for one another's time just now. */
  int depth() {
    return depth;
  }

  /** A clock that is ahead of this time by the given difference. */
  Clock clock(Duration ahead) {
    return new Clock() {
      @Override
      public Instant instant() {
        return now().plus(ahead);
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  /** An executor and timer of its own: what it still has to do can be dropped. */
  Executor newExecutor() {
    return new Executor();
  }

  /** Has something happen in the world after a while. */
  void in(Duration delay, Runnable event) {
    events.add(delay.toNanos(), event);
  }

  /** Lets time pass, runs what falls due, and after each piece of it something more. */
  void pass(Duration duration, Runnable after) {
    Runnable before = afterWork;
    afterWork = after;
    try {
      pass(duration);
    } finally {
      afterWork = before;
    }
  }

  /** Lets time pass, and runs what falls due. */
  void pass(Duration duration) {
    long target = nanos + duration.toNanos();
    depth++;
    try {
      for (Due next = queue.peek(); next != null && next.atNanos() <= target; next = queue.peek()) {
        queue.remove();
        run(next);
      }
      forward(target);
    } finally {
      depth--;
    }
  }

  private void run(Due due) {
    if (due.owner().isShutdown()) {
      return;
    }
    forward(due.atNanos());
    if (++atThisInstant > MOST_AT_ONE_INSTANT) {
      throw new IllegalStateException("work goes round in circles at " + now());
    }
    due.work().run();
    afterWork.run();
  }

  private void forward(long toNanos) {
    if (toNanos > nanos) {
      nanos = toNanos;
      atThisInstant = 0;
    }
  }

  /** Runs in virtual time. */
  final class Executor extends AbstractExecutorService implements ScheduledExecutorService {
    private boolean shutdown;

    private void add(long delayNanos, Runnable work) {
      if (shutdown) {
        throw new RejectedExecutionException("shut down");
      }
      queue.add(new Due(nanos + Math.max(0, delayNanos), numbers++, work, this));
    }

    @Override
    public void execute(Runnable work) {
      add(0, work);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
      Later later = new Later(work, nanos + unit.toNanos(delay));
      add(unit.toNanos(delay), later);
      return later;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
      throw new UnsupportedOperationException("not needed");
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
        Runnable work, long initialDelay, long period, TimeUnit unit) {
      throw new UnsupportedOperationException("not needed");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable work, long initialDelay, long delay, TimeUnit unit) {
      throw new UnsupportedOperationException("not needed");
    }

    @Override
    public void shutdown() {
      shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      shutdown = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return shutdown;
    }

    @Override
    public boolean isTerminated() {
      return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return shutdown;
    }
  }

  private final class Later extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final long atNanos;

    Later(Runnable work, long atNanos) {
      super(work, null);
      this.atNanos = atNanos;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(atNanos - nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
