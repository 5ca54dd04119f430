package io.github.auditstream.connect.office365.feed.tenant;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many requests of one kind a task has under way at once, whatever the number of its tenants:
 * it bounds sockets, and the threads that read what comes. Feeds get free slots in turn. Safe for
 * many threads.
 *
 * <p>A feed whose answers stay away must not take the others' slots: from a request that held its
 * slot for seconds without an answer, or from the second without one in a row, until the next
 * answer it begins a few ordinary requests at a time only, and all such feeds together have fewer
 * slots than are kept for what is due.
 *
 * <p>Some slots are kept for requests that are due: all the others of their feed may wait for what
 * they bring.
 */
public final class RequestSlots {
  /** In sixteenths. */
  private static final int SILENT_PART = 3;

  /** A connection that is reset costs the others nothing. */
  private static final long LONG_NANOS = Duration.ofSeconds(5).toNanos();

  /** Of a feed whose answers stay away. */
  private static final int SILENT_OWN = 4;

  private final int limit;
  private final int ordinaryLimit;
  private final int largestShare;
  private final int silentLimit;
  private final LongSupplier nanos;

  // Guarded by this
  private final Deque<Share> queue = new ArrayDeque<>();
  private int shares;
  private int held;
  private int ordinaryHeld;
  private int silentHeld;
  private boolean sending;
  private boolean again;

  /** A request that waits for its turn. */
  public interface Request {
    /** Whether others wait for what it brings. */
    boolean isDue();

    /** Has it sent, without waiting for the answer; the slot is to be released in any case. */
    void send(Slot slot);
  }

  /**
   * @param limit how many are under way at once, at least 4
   * @param keptForDue how many of these are kept for requests that are due, fewer than the limit
   */
  public RequestSlots(int limit, int keptForDue) {
    this(limit, keptForDue, System::nanoTime);
  }

  /**
   * @param nanos a clock that only goes forward
   */
  RequestSlots(int limit, int keptForDue, LongSupplier nanos) {
    this.nanos = nanos;
    this.limit = limit;
    this.ordinaryLimit = limit - keptForDue;
    this.largestShare = Math.max(1, ordinaryLimit * 2 / 3);
    this.silentLimit = Math.max(1, limit * SILENT_PART / 16);
  }

  /** Whether something came back, of whatever kind. */
  public static boolean isAnswer(ApiOutcome<?> outcome) {
    return !(outcome instanceof ApiOutcome.Failed<?> failure)
        || (failure.status() != 0 && failure.connectionFailure().isEmpty());
  }

  /** For one more feed. */
  public synchronized Share share() {
    shares++;
    return new Share();
  }

  /** How many requests are under way. */
  synchronized int held() {
    return held;
  }

  /** The requests of one feed. */
  public final class Share {
    // Guarded by RequestSlots.this
    private final Deque<Request> waiting = new ArrayDeque<>();
    private int ordinaryOwn;
    private int unansweredInARow;
    private boolean silent;

    private Share() {}

    /** Sends the request now, if there is a slot. */
    boolean trySend(Request request) {
      Slot slot;
      synchronized (RequestSlots.this) {
        boolean due = request.isDue();
        if ((!waiting.isEmpty() && !due) || !mayTake(due)) {
          return false;
        }
        slot = taken(due);
      }
      request.send(slot);
      return true;
    }

    /** Sends the request as soon as there is a slot. */
    void send(Request request) {
      synchronized (RequestSlots.this) {
        if (waiting.isEmpty()) {
          queue.addLast(this);
        }
        waiting.addLast(request);
      }
      sendWhatMay();
    }

    /** What was not due may be so now. */
    public void dueChanged() {
      synchronized (RequestSlots.this) {
        if (waiting.isEmpty()) {
          return;
        }
      }
      sendWhatMay();
    }

    private boolean mayTake(boolean due) {
      if (held >= limit || (silent && silentHeld >= silentLimit)) {
        return false;
      }
      if (due) {
        return true;
      }
      int most = silent ? SILENT_OWN : shares == 1 ? ordinaryLimit : largestShare;
      return ordinaryHeld < ordinaryLimit && ordinaryOwn < most;
    }

    private Slot taken(boolean due) {
      held++;
      silentHeld += silent ? 1 : 0;
      ordinaryHeld += due ? 0 : 1;
      ordinaryOwn += due ? 0 : 1;
      return new Slot(this, due, silent);
    }

    /** The next request that may be sent, with its slot. */
    private @Nullable Ready next() {
      Request request = waiting.peekFirst();
      if (request == null) {
        return null;
      }
      boolean due = request.isDue();
      if (mayTake(due)) {
        waiting.removeFirst();
        return new Ready(request, taken(due));
      }
      for (Iterator<Request> each = waiting.iterator(); each.hasNext(); ) {
        Request later = each.next();
        if (later.isDue()) {
          if (!mayTake(true)) {
            return null;
          }
          each.remove();
          return new Ready(later, taken(true));
        }
      }
      return null;
    }
  }

  private record Ready(Request request, Slot slot) {}

  /** A request's place among those under way. */
  public final class Slot {
    private final Share share;
    private final boolean due;
    private final boolean silentThen;
    private final long since = nanos.getAsLong();
    private boolean released; // guarded by RequestSlots.this

    private Slot(Share share, boolean due, boolean silentThen) {
      this.share = share;
      this.due = due;
      this.silentThen = silentThen;
    }

    /**
     * The request has ended. Does nothing the second time.
     *
     * @param answered whether an answer came, of whatever kind
     */
    public void release(boolean answered) {
      end(true, answered);
    }

    /** Nothing was sent. */
    public void giveBack() {
      end(false, false);
    }

    private void end(boolean sent, boolean answered) {
      synchronized (RequestSlots.this) {
        if (released) {
          return;
        }
        released = true;
        held--;
        silentHeld -= silentThen ? 1 : 0;
        ordinaryHeld -= due ? 0 : 1;
        share.ordinaryOwn -= due ? 0 : 1;
        if (sent) {
          share.unansweredInARow = answered ? 0 : share.unansweredInARow + 1;
          share.silent =
              share.unansweredInARow > 1 || (!answered && nanos.getAsLong() - since > LONG_NANOS);
        }
      }
      sendWhatMay();
    }
  }

  /**
   * Sends what there are slots for. What gives a slot back while it is being sent, for want of
   * quota, has the next one sent from here and not from inside it: so the stack does not grow with
   * what waits.
   */
  private void sendWhatMay() {
    synchronized (this) {
      again = true;
      if (sending) {
        return;
      }
      sending = true;
    }
    try {
      for (List<Ready> ready = ready(); !ready.isEmpty(); ready = ready()) {
        ready.forEach(each -> each.request().send(each.slot()));
      }
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        sending = false;
      }
      throw e;
    }
  }

  /** What may be sent now; if that is nothing, and nothing has changed meanwhile, sending ends. */
  private synchronized List<Ready> ready() {
    List<Ready> ready = new ArrayList<>();
    while (again && ready.isEmpty()) {
      again = false;
      // Once round without a slot for anybody, and there is none.
      for (int refused = 0; refused < queue.size() && held < limit; ) {
        Share share = queue.removeFirst();
        Ready next = share.next();
        if (next != null) {
          ready.add(next);
        }
        if (!share.waiting.isEmpty()) {
          queue.addLast(share);
        }
        refused = next == null ? refused + 1 : 0;
      }
    }
    sending = !ready.isEmpty();
    again |= sending;
    return ready;
  }
}
