package io.github.auditstream.connect.office365.feed.offset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.model.ContentBlob;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FeedStateTest {
  private static final Instant START = Blobs.NOON.minusSeconds(3600);
  private final FeedState start = FeedState.startingAt(START);

  @Test
  void aBlobFromBeforeTheBeginningIsNotWanted() {
    assertThat(start.knows(Blobs.blob("early", START.minusMillis(1)))).isTrue();
    assertThat(start.knows(Blobs.blob("first", START))).isFalse();
  }

  @Test
  void equalCreationTimesAreDistinguished() {
    FeedState state = start.afterSettling(Blobs.blob("one"));

    assertThat(state.knows(Blobs.blob("one"))).isTrue();
    assertThat(state.knows(Blobs.blob("twin"))).isFalse();
  }

  @Test
  void aLateBlobBehindTheLiveEdgeIsStillWanted() {
    FeedState state =
        start
            .afterSettling(Blobs.blob("newer", Blobs.NOON))
            .afterListing(Blobs.NOON.plusSeconds(60));

    assertThat(state.knows(Blobs.blob("late", Blobs.NOON.minusSeconds(1800)))).isFalse();
  }

  @Test
  void completeUntilNeverMovesBack() {
    FeedState state = start.completeUntil(Blobs.NOON);

    assertThat(state.completeUntil(START)).isSameAs(state);
    assertThat(state.listedUntil()).isEqualTo(Blobs.NOON);
  }

  @Test
  void aParkedBlobIsKnownUntilItIsSettled() {
    ContentBlob blob = Blobs.blob("parked");
    FeedState parked = start.afterParking(Blobs.parked(blob, Blobs.NOON.plusSeconds(30)));

    assertThat(parked.knows(blob)).isTrue();
    FeedState settled = parked.afterSettling(blob);
    assertThat(settled.parked()).isEmpty();
    assertThat(settled.knows(blob)).isTrue();
  }

  @Test
  void aParkedBlobOutlivesCompleteUntil() {
    ContentBlob blob = Blobs.blob("parked", START);
    FeedState state =
        start
            .afterParking(Blobs.parked(blob, Blobs.NOON.plusSeconds(30)))
            .completeUntil(Blobs.NOON);

    assertThat(state.parked()).containsKey("parked");
    assertThat(state.afterSettling(blob).settled().size()).isZero();
  }
}
