package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.feed.offset.ParkedBlob;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The blobs that are parked beyond those that the offset has room for, and of which nothing has
 * left yet. For the offset they are listed and not read, so that a restart lists them again. Not
 * safe for many threads.
 */
public final class OverflowBlobs {
  /** What had failed is read again: so often at most the others are tried before their time. */
  private static final Duration BETWEEN_REVIVALS = Duration.ofMinutes(5);

  private final Map<String, ParkedBlob> blobs = new TreeMap<>();
  private Instant nextRevival = Instant.MIN;

  public void put(ParkedBlob parkedBlob) {
    blobs.put(parkedBlob.blob().contentId(), parkedBlob);
  }

  public void remove(String contentId) {
    blobs.remove(contentId);
  }

  public boolean contains(String contentId) {
    return blobs.containsKey(contentId);
  }

  public int size() {
    return blobs.size();
  }

  /** Those that are due to be tried again. */
  public List<ParkedBlob> due(Instant now) {
    return blobs.values().stream()
        .filter(parkedBlob -> !now.isBefore(parkedBlob.retryAt()))
        .toList();
  }

  /** A blob that had failed has been read: what kept it may be over for these, too. */
  public void revive(Instant now) {
    if (!now.isBefore(nextRevival)) {
      nextRevival = now.plus(BETWEEN_REVIVALS);
      blobs.replaceAll((id, parkedBlob) -> parkedBlob.dueAt(now));
    }
  }

  /**
   * When the oldest was created.
   *
   * @param counts which of them count
   */
  public Optional<Instant> oldest(Predicate<Instant> counts) {
    return created().stream().filter(counts).min(Comparator.naturalOrder());
  }

  /**
   * When the newest was created.
   *
   * @param counts which of them count
   */
  public Optional<Instant> newest(Predicate<Instant> counts) {
    return created().stream().filter(counts).max(Comparator.naturalOrder());
  }

  private Collection<Instant> created() {
    return blobs.values().stream().map(parkedBlob -> parkedBlob.blob().contentCreated()).toList();
  }

  public static @Nullable Instant earlier(@Nullable Instant one, Optional<Instant> other) {
    return one == null || other.filter(one::isAfter).isPresent() ? other.orElse(one) : one;
  }

  public static @Nullable Instant later(@Nullable Instant one, Optional<Instant> other) {
    return one == null || other.filter(one::isBefore).isPresent() ? other.orElse(one) : one;
  }
}
