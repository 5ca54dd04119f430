package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.feed.offset.ParkedBlob;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why the blobs that are parked could not be read, with the bytes that came, as long as there is
 * room for them: what their dead letters say. It does not outlive the task; the offset knows the
 * cause alone. Not safe for many threads.
 */
public final class LastFailures {
  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

  private final ByteBudget budget;
  private final Map<String, BlobEnd.Lost> failures = new HashMap<>();
  private final Map<String, Instant> since = new HashMap<>();

  public LastFailures(ByteBudget budget) {
    this.budget = budget;
  }

  public void keep(BlobEnd.Parked parked, Instant now) {
    String contentId = parked.blob().blob().contentId();
    letGo(contentId);
    ByteBuffer bytes = budget.tryKeep(parked.heldBytes()) ? parked.bytes() : NO_BYTES;
    failures.put(contentId, new BlobEnd.Lost(parked.why(), parked.blob().nextIndex(), bytes));
    since.putIfAbsent(contentId, now);
  }

  public void forget(String contentId) {
    letGo(contentId);
    since.remove(contentId);
  }

  /** Since when a blob has been parked in this run; empty if it has not failed in it. */
  public Optional<Instant> since(String contentId) {
    return Optional.ofNullable(since.get(contentId));
  }

  private void letGo(String contentId) {
    BlobEnd.Lost forgotten = failures.remove(contentId);
    if (forgotten != null) {
      budget.letGo(forgotten.heldBytes());
    }
  }

  /**
   * That a blob has expired says less than what kept it from being read before.
   *
   * @param parkedBlob how it was parked; null if it was not
   */
  public BlobEnd.Lost withLast(
      String contentId, BlobEnd.Lost lost, @Nullable ParkedBlob parkedBlob) {
    BlobEnd.Lost before = failures.get(contentId);
    if (before != null) {
      return new BlobEnd.Lost(before.why(), lost.nextIndex(), before.bytes());
    }
    if (parkedBlob == null) {
      return lost;
    }
    ApiOutcome.Failed<?> why = lost.why();
    String reason = why.reason() + "; before, it was parked because of " + parkedBlob.cause();
    return new BlobEnd.Lost(
        new ApiOutcome.Failed<>(why.kind(), why.status(), why.code(), reason, why.serverAsks()),
        lost.nextIndex(),
        lost.bytes());
  }

  /** Why a blob that is parked could not be read when it was last tried. */
  public BlobEnd.Lost last(ParkedBlob parkedBlob) {
    BlobEnd.Lost known = failures.get(parkedBlob.blob().contentId());
    if (known == null) {
      throw new IllegalStateException("has not failed in this run");
    }
    return known;
  }
}
