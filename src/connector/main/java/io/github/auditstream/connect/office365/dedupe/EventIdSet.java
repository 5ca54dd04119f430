package io.github.auditstream.connect.office365.dedupe;

import java.util.stream.Stream;

/**
 * A set of event Ids, of 128 bits each: a GUID is its own bits, so that its case does not matter,
 * and any other text the first bits of its SHA-256. Takes 21 to 32 bytes an Id, also while it
 * grows: it is made of segments, of which each grows by itself. Safe for many threads.
 */
public final class EventIdSet {
  private static final int SEGMENT_BITS = 8;

  private final IdSegment[] segments =
      Stream.generate(IdSegment::new).limit(1L << SEGMENT_BITS).toArray(IdSegment[]::new);

  /**
   * Adds an Id.
   *
   * @return whether it is new; of threads that add the same one at once, one alone gets true
   */
  public boolean add(String id) {
    IdBits bits = IdBits.of(id);
    return segment(bits).add(bits);
  }

  public boolean contains(String id) {
    IdBits bits = IdBits.of(id);
    return segment(bits).contains(bits);
  }

  public long size() {
    return Stream.of(segments).mapToLong(IdSegment::size).sum();
  }

  /** How many bytes of heap the Ids take. */
  public long bytes() {
    return Stream.of(segments).mapToLong(IdSegment::bytes).sum();
  }

  /** How many bytes the largest segment takes: what is held twice while it grows. */
  long largestSegmentBytes() {
    return Stream.of(segments).mapToLong(IdSegment::bytes).max().orElse(0);
  }

  /** By bits that do not decide on the place inside the segment. */
  private IdSegment segment(IdBits id) {
    return segments[(int) (id.spread() >>> (Long.SIZE - SEGMENT_BITS))];
  }
}
