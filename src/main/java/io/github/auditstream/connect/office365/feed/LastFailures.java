package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why the blobs that are put aside could not be read, with the bytes that came, as long as there is
 * room for them: what their dead letters tell. It does not outlive the task; the offset knows the
 * cause alone. Not safe for many threads.
 */
final class LastFailures {
  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

  private final ByteBudget budget;
  private final Map<String, BlobEnd.Lost> failures = new HashMap<>();

  LastFailures(ByteBudget budget) {
    this.budget = budget;
  }

  void keep(BlobEnd.Parked parked) {
    String contentId = parked.aside().blob().contentId();
    forget(contentId);
    ByteBuffer bytes = budget.tryKeep(parked.heldBytes()) ? parked.bytes() : NO_BYTES;
    failures.put(contentId, new BlobEnd.Lost(parked.why(), parked.aside().nextIndex(), bytes));
  }

  void forget(String contentId) {
    BlobEnd.Lost forgotten = failures.remove(contentId);
    if (forgotten != null) {
      budget.letGo(forgotten.heldBytes());
    }
  }

  /**
   * That a blob has expired says less than what kept it from being read before.
   *
   * @param aside how it was put aside; null if it was not
   */
  BlobEnd.Lost told(String contentId, BlobEnd.Lost lost, @Nullable ParkedBlob aside) {
    BlobEnd.Lost before = failures.get(contentId);
    if (before != null) {
      return new BlobEnd.Lost(before.why(), lost.nextIndex(), before.bytes());
    }
    if (aside == null) {
      return lost;
    }
    ApiOutcome.Failed<?> why = lost.why();
    String reason = why.reason() + "; before, it was put aside because of " + aside.cause();
    return new BlobEnd.Lost(
        new ApiOutcome.Failed<>(why.kind(), why.status(), why.code(), reason, why.serverAsks()),
        lost.nextIndex(),
        lost.bytes());
  }
}
