package io.github.auditstream.connect.office365.history;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records between the threads that read and the task's thread, in order, and so many bytes of them
 * at most. Safe for many threads.
 */
final class Outbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition hasRecords = lock.newCondition();
  private final Condition hasRoom = lock.newCondition();
  private final Deque<Item> items = new ArrayDeque<>();
  private final long mostBytes;
  private final Batches batches;
  private long bytes;
  private @Nullable Throwable crash;

  private record Item(SourceRecord record, long bytes) {}

  /**
   * How many records are taken at once.
   *
   * @param full from this on no more are waited for
   * @param most at most so many
   * @param linger how long it is waited for a full batch
   */
  record Batches(int full, int most, Duration linger) {}

  /**
   * @param mostBytes of the heap; a single record can exceed it
   */
  Outbox(long mostBytes, Batches batches) {
    this.mostBytes = mostBytes;
    this.batches = batches;
  }

  /** Puts a record in, once there is room. */
  void put(SourceRecord record, long recordBytes) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (bytes > 0 && bytes + recordBytes > mostBytes) {
        hasRoom.await();
      }
      add(record, recordBytes);
    } finally {
      lock.unlock();
    }
  }

  /** Puts a small record in, room or not. */
  void putNow(SourceRecord record) {
    lock.lock();
    try {
      add(record, 0);
    } finally {
      lock.unlock();
    }
  }

  private void add(SourceRecord record, long recordBytes) {
    items.addLast(new Item(record, recordBytes));
    bytes += recordBytes;
    if (items.size() == 1 || items.size() >= batches.full()) {
      hasRecords.signal();
    }
    if (bytes >= mostBytes) {
      hasRecords.signal();
    }
  }

  /** A thread ended by a programming error: whoever takes records is told. */
  void crashed(Throwable error) {
    lock.lock();
    try {
      if (crash == null) {
        crash = error;
      }
      hasRecords.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what is there.
   *
   * @param longest how long it is waited for the first record
   * @return empty if nothing came in time
   */
  List<SourceRecord> take(Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = longest.toNanos();
      while (items.isEmpty() && crash == null && nanos > 0) {
        nanos = hasRecords.awaitNanos(nanos);
      }
      nanos = items.isEmpty() ? 0 : batches.linger().toNanos();
      while (items.size() < batches.full() && bytes < mostBytes && crash == null && nanos > 0) {
        nanos = hasRecords.awaitNanos(nanos);
      }
      if (crash != null) {
        throw new ConnectException(
            "A bug in the connector stopped the reading of the history ("
                + crash.getClass().getName()
                + ")",
            crash);
      }
      return drain();
    } finally {
      lock.unlock();
    }
  }

  private List<SourceRecord> drain() {
    List<SourceRecord> taken = new ArrayList<>(Math.min(items.size(), batches.most()));
    while (!items.isEmpty() && taken.size() < batches.most()) {
      Item item = items.removeFirst();
      taken.add(item.record());
      bytes -= item.bytes();
    }
    hasRoom.signalAll();
    return taken;
  }

  /** Waits until nothing is left in it; false if that takes longer. */
  boolean awaitEmpty(Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = longest.toNanos();
      while (!items.isEmpty() && nanos > 0) {
        nanos = hasRoom.awaitNanos(Math.min(nanos, TimeUnit.SECONDS.toNanos(1)));
      }
      return items.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
