package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.records.Delivery;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the records that Kafka Connect has dropped. Safe for many threads. */
final class HistoryDeliveries implements Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryDeliveries.class);

  private final AtomicLong dropped = new AtomicLong();

  @Override
  public void confirmed(boolean written) {
    if (written) {
      return;
    }
    long times = dropped.incrementAndGet();
    // The 1st, 2nd, 4th, 8th time and so on: a filter may drop thousands a second.
    if (Long.bitCount(times) == 1) {
      LOG.warn(
          "Kafka Connect has not written a record of the history, number {} since the task's"
              + " start: a transform of the connector dropped it. It is in no topic. Where no"
              + " transform is meant to drop records, remove the transform, and remove the offsets"
              + " of the slices that are to be read again.",
          times);
    }
  }

  /** How many records Connect has dropped since the task's start. */
  long dropped() {
    return dropped.get();
  }
}
