package io.github.auditstream.connect.office365.dedupe;

/**
 * A part of an {@link EventIdSet}: a table with open addressing, two longs an Id, of which at least
 * a quarter is free. It grows by half, so that at least half of it is in use. Guarded by itself.
 */
final class IdSegment {
  private static final int FIRST_SLOTS = 8;

  /** An Id of zeros cannot be told from a free slot, so it is kept here. */
  private boolean zero;

  private long[] table = new long[2 * FIRST_SLOTS];
  private int used;

  synchronized boolean add(IdBits id) {
    if (id.equals(IdBits.ZERO)) {
      boolean added = !zero;
      zero = true;
      return added;
    }
    int at = find(table, id);
    if (isUsed(table, at)) {
      return false;
    }
    if (4L * (used + 1) > 3L * slots(table)) {
      grow();
      at = find(table, id);
    }
    put(table, at, id);
    used++;
    return true;
  }

  synchronized boolean contains(IdBits id) {
    return id.equals(IdBits.ZERO) ? zero : isUsed(table, find(table, id));
  }

  synchronized int size() {
    return used + (zero ? 1 : 0);
  }

  /** How many bytes the table takes. */
  synchronized long bytes() {
    return (long) table.length * Long.BYTES;
  }

  private void grow() {
    int slots = slots(table);
    long[] larger = new long[2 * Math.addExact(slots, slots / 2)];
    for (int at = 0; at < table.length; at += 2) {
      if (isUsed(table, at)) {
        IdBits id = new IdBits(table[at], table[at + 1]);
        put(larger, find(larger, id), id);
      }
    }
    table = larger;
  }

  /** Where the Id is, or else the free slot for it. */
  private static int find(long[] table, IdBits id) {
    long hash = id.spread() & 0xFFFF_FFFFL;
    int at = 2 * (int) ((hash * slots(table)) >>> Integer.SIZE);
    while (isUsed(table, at) && (table[at] != id.high() || table[at + 1] != id.low())) {
      at += 2;
      if (at == table.length) {
        at = 0;
      }
    }
    return at;
  }

  private static boolean isUsed(long[] table, int at) {
    return (table[at] | table[at + 1]) != 0;
  }

  private static void put(long[] table, int at, IdBits id) {
    table[at] = id.high();
    table[at + 1] = id.low();
  }

  private static int slots(long[] table) {
    return table.length / 2;
  }
}
