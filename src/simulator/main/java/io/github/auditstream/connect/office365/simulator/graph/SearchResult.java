package io.github.auditstream.connect.office365.simulator.graph;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What a search found. Immutable; eight bytes a record. */
public final class SearchResult {
  private final List<AuditEvents> batches;
  private final long[] places;
  private final int size;

  private SearchResult(List<AuditEvents> batches, long[] places, int size) {
    this.batches = batches;
    this.places = places;
    this.size = size;
  }

  /** How many records it gives out. */
  public int size() {
    return size;
  }

  /** How many events there were. */
  int found() {
    return places.length;
  }

  /** Whether there were more events than it gives out. */
  boolean truncated() {
    return places.length > size;
  }

  public String id(int index) {
    return batch(index).id((int) places[index]);
  }

  /** Writes a record. */
  public void write(int index, ByteArrayOutputStream out) {
    batch(index).writeRecord((int) places[index], out);
  }

  private AuditEvents batch(int index) {
    return batches.get((int) (places[index] >>> 32));
  }

  /** A result in the making. */
  static final class Collector {
    private final List<AuditEvents> batches = new ArrayList<>();
    private long[] places = new long[1_024];
    private int found;

    void begin(AuditEvents events) {
      batches.add(events);
    }

    /** Adds an event of the batch that was begun last. */
    void add(int index) {
      if (found == places.length) {
        places = Arrays.copyOf(places, 2 * found);
      }
      places[found++] = (batches.size() - 1L) << 32 | index;
    }

    SearchResult result(SplittableRandom random, int limit) {
      long[] shuffled = Arrays.copyOf(places, found);
      for (int last = found - 1; last > 0; last--) {
        int other = random.nextInt(last + 1);
        long place = shuffled[last];
        shuffled[last] = shuffled[other];
        shuffled[other] = place;
      }
      return new SearchResult(List.copyOf(batches), shuffled, Math.min(limit, found));
    }
  }
}
