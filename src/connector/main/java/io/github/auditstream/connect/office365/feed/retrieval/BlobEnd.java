package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.feed.offset.ParkedBlob;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** How the work on a content blob ended. */
public sealed interface BlobEnd {

  /** What it takes of the heap beside a few hundred bytes: what was kept of the blob's body. */
  default long heldBytes() {
    return 0;
  }

  /**
   * Everything that is wanted of it was read.
   *
   * @param bytes of JSON text; 0 if it was not read to its end
   * @param sha256 of the JSON text, in hexadecimal; empty if it was not read to its end
   * @param elements of its array; of a replay those that were wanted
   * @param refused elements that went to the dead letters
   * @param firstEvent earliest CreationTime; empty if no event has one
   * @param lastEvent latest CreationTime
   */
  record Read(
      long bytes,
      Optional<String> sha256,
      long elements,
      long refused,
      Optional<Instant> firstEvent,
      Optional<Instant> lastEvent)
      implements BlobEnd {}

  /**
   * It is parked, and tried again later.
   *
   * @param why the last failure
   * @param bytes the last of what could be read of it; empty where nothing came
   */
  record Parked(ParkedBlob blob, ApiOutcome.Failed<?> why, ByteBuffer bytes) implements BlobEnd {
    @Override
    public long heldBytes() {
      return bytes.remaining();
    }
  }

  /**
   * It can never be had.
   *
   * @param why the last failure
   * @param nextIndex index of the first event that never arrived
   * @param bytes the last of what could be read of it; empty where nothing came
   */
  record Lost(ApiOutcome.Failed<?> why, long nextIndex, ByteBuffer bytes) implements BlobEnd {
    @Override
    public long heldBytes() {
      return bytes.remaining();
    }
  }
}
