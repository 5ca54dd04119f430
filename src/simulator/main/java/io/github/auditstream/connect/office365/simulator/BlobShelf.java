package io.github.auditstream.connect.office365.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The blobs of one tenant and content type in the order of their availability. Thread-safe. */
final class BlobShelf {

  /**
   * A place in the order of availability.
   *
   * @param visibleFrom when the blob appears, in whole milliseconds
   * @param number distinguishes blobs that appear at the same time
   */
  record Place(Instant visibleFrom, long number) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::visibleFrom).thenComparingLong(Place::number);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Part of a listing.
   *
   * @param last the place of the last blob, where there are more to come
   */
  record Page(List<PublishedBlob> blobs, Optional<Place> last) {}

  private final ConcurrentSkipListMap<Place, PublishedBlob> blobs = new ConcurrentSkipListMap<>();

  void put(PublishedBlob blob, long number) {
    blobs.put(new Place(blob.visibleFrom(), number), blob);
  }

  /** The blobs that are visible now and were created in the window, after a place. */
  Page page(TimeWindow window, Place after, int size, Instant now) {
    List<PublishedBlob> found = new ArrayList<>(Math.min(size, 128));
    Place last = after;
    for (Map.Entry<Place, PublishedBlob> entry : blobs.tailMap(after, false).entrySet()) {
      PublishedBlob blob = entry.getValue();
      if (blob.visibleFrom().isAfter(now)) {
        break;
      }
      if (!window.contains(blob.contentCreated())) {
        continue;
      }
      if (found.size() == size) {
        return new Page(found, Optional.of(last));
      }
      found.add(blob);
      last = entry.getKey();
    }
    return new Page(found, Optional.empty());
  }

  /** Before the first blob that a window can hold: none is visible before it is created. */
  static Place before(TimeWindow window) {
    return new Place(window.start(), Long.MIN_VALUE);
  }

  List<PublishedBlob> all() {
    return List.copyOf(blobs.values());
  }
}
