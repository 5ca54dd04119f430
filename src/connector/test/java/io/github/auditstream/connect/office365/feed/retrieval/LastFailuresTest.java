package io.github.auditstream.connect.office365.feed.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.feed.offset.Blobs;
import io.github.auditstream.connect.office365.feed.offset.ParkedBlob;
import io.github.auditstream.connect.office365.model.ContentBlob;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastFailuresTest {
  private static final int BYTES = 64 * 1024;

  /** With room for three. */
  private final ByteBudget budget = new ByteBudget(4 * 3 * BYTES);

  private final LastFailures failures = new LastFailures(budget);

  private static BlobEnd.Lost lost() {
    return new BlobEnd.Lost(failure("expired"), 0, ByteBuffer.allocate(0));
  }

  private static ApiOutcome.Failed<Void> failure(String reason) {
    return new ApiOutcome.Failed<>(ApiOutcome.Kind.MALFORMED, 200, "", reason, Optional.empty());
  }

  private static BlobEnd.Parked parked(ContentBlob blob) {
    return new BlobEnd.Parked(
        new ParkedBlob(
            blob,
            0,
            Optional.empty(),
            0,
            1,
            Blobs.NOON.plus(Duration.ofHours(1)),
            "MALFORMED",
            Optional.empty()),
        failure("cut short"),
        ByteBuffer.allocate(BYTES));
  }

  private BlobEnd.Lost reported(String contentId) {
    return failures.withLast(contentId, lost(), null);
  }

  @Test
  void keepsBytesAsLongAsThereIsRoomAndReasonsAlways() {
    for (int i = 0; i < 100; i++) {
      failures.keep(parked(Blobs.blob("blob" + i)), Blobs.NOON);
    }

    assertThat(reported("blob2").bytes().remaining()).isEqualTo(BYTES);
    assertThat(reported("blob3").bytes().remaining()).isZero();
    assertThat(reported("blob99").why().reason()).isEqualTo("cut short");
  }

  @Test
  void theBytesOfABlobThatIsDoneOrRetriedAreReleased() {
    failures.keep(parked(Blobs.blob("again")), Blobs.NOON);
    for (int i = 0; i < 100; i++) {
      failures.keep(parked(Blobs.blob("again")), Blobs.NOON);
      failures.keep(parked(Blobs.blob("done")), Blobs.NOON);
      failures.forget("done");
    }

    assertThat(reported("again").bytes().remaining()).isEqualTo(BYTES);
    assertThat(reported("done").bytes().remaining()).isZero();
    assertThat(budget.tryKeep(2L * BYTES)).isTrue();
    assertThat(budget.tryKeep(1)).isFalse();
  }
}
