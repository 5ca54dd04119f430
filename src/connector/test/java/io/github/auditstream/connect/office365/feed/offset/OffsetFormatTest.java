package io.github.auditstream.connect.office365.feed.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.FeedId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OffsetFormatTest {
  private static final FeedId FEED =
      new FeedId("11111111-2222-3333-4444-555555555555", ContentType.EXCHANGE);

  private static FeedState rich() {
    ContentBlob parkedBlob = Blobs.blob("parked$1", Blobs.NOON.minusSeconds(5));
    return FeedState.startingAt(Blobs.NOON.minus(Duration.ofHours(1)))
        .afterListing(Blobs.NOON.plusSeconds(60))
        .afterParking(
            new ParkedBlob(
                parkedBlob,
                3,
                Optional.of("an \"id\""),
                2,
                5,
                Blobs.NOON.plusSeconds(600),
                "GONE/AF20050",
                Optional.empty()))
        .afterSettling(Blobs.blob("done", Blobs.NOON))
        .afterRecord(
            Blobs.blob("half", Blobs.NOON.plusMillis(120)), 41, Optional.of("event-41"), 7);
  }

  @Test
  void readsBackTheWholeState() {
    FeedState state = rich();

    assertThat(OffsetFormat.read(ContentType.EXCHANGE, state.toSourceOffset())).isEqualTo(state);
  }

  @Test
  void readsBackWhatWasLeftForLater() {
    FeedState state =
        rich()
            .leavingForLater(Blobs.NOON.plusSeconds(7_200))
            .backlogDoneFrom(Blobs.NOON.plusSeconds(3_600));

    assertThat(OffsetFormat.read(ContentType.EXCHANGE, state.toSourceOffset())).isEqualTo(state);
    assertThat(state.toSourceOffset())
        .containsEntry("completeUntil", "2026-11-21T14:00:00.000Z")
        .containsEntry("backlogFrom", "2026-11-21T11:00:00.000Z")
        .containsEntry("backlogUntil", "2026-11-21T13:00:00.000Z");
  }

  @Test
  void readsBackWhereTheFeedBegan() {
    Instant start = Blobs.NOON.minus(Duration.ofHours(1));
    FeedState state =
        FeedState.waitingSince(Blobs.NOON, start)
            .afterListing(Blobs.NOON.plusSeconds(60))
            .completeUntil(Blobs.NOON)
            .afterSettling(Blobs.blob("done", Blobs.NOON));

    assertThat(OffsetFormat.read(ContentType.EXCHANGE, state.toSourceOffset())).isEqualTo(state);
    assertThat(FeedProgress.read(FEED, state.toSourceOffset()).readFrom()).contains(start);
    assertThat(
            FeedProgress.read(FEED, Map.of("contentCreated", "2026-11-21T11:00:00.000Z"))
                .readFrom())
        .as("a rewound feed may have begun earlier")
        .isEmpty();
  }

  @Test
  void knowsWhichBlobsAreDone() {
    FeedProgress progress = FeedProgress.read(FEED, rich().toSourceOffset());

    assertThat(progress.isDone("done", Blobs.NOON)).isTrue();
    assertThat(progress.isDone("long ago", Blobs.NOON.minus(Duration.ofHours(2)))).isTrue();
    assertThat(progress.isDone("half", Blobs.NOON.plusMillis(120))).isFalse();
    assertThat(progress.isDone("parked$1", Blobs.NOON.minusSeconds(5))).isFalse();
    assertThat(progress.isDone("not seen", Blobs.NOON)).isFalse();
  }

  @Test
  void isReadableForPeople() {
    Map<String, Object> offset = rich().toSourceOffset();

    assertThat(offset)
        .containsEntry("contentCreated", "2026-11-21T12:00:00.120Z")
        .containsEntry("contentId", "half")
        .containsEntry("recordIndex", 41L)
        .containsEntry("eventId", "event-41")
        .containsEntry("deadLettered", 7L)
        .containsEntry("listedUntil", "2026-11-21T12:01:00.000Z")
        .containsEntry("completeUntil", "2026-11-21T11:00:00.000Z");
    assertThat(new ArrayList<>(offset.keySet())).startsWith("contentCreated", "contentId");
    assertThat(offset.values()).allMatch(value -> value instanceof String || value instanceof Long);
  }

  @Test
  void aCreationTimeAloneRewinds() {
    FeedState state =
        OffsetFormat.read(
            ContentType.EXCHANGE, Map.of("contentCreated", "2026-11-20T10:00:00.000Z"));

    assertThat(state).isEqualTo(FeedState.startingAt(Instant.parse("2026-11-20T10:00:00Z")));
  }

  @Test
  void aPositionWithoutTheBlobsAddressReadsTheBlobAgain() {
    Map<String, Object> offset = new HashMap<>(rich().toSourceOffset());
    offset.remove("contentUri");

    Optional<Position> position = OffsetFormat.read(ContentType.EXCHANGE, offset).position();

    assertThat(position).isPresent();
    assertThat(position.get().inside()).isEmpty();
  }

  @Test
  void refusesInvalidOffsetsAndSaysWhatToWrite() {
    assertRefused(Map.of(), "contentCreated");
    assertRefused(Map.of("contentCreated", "yesterday"), "2026-11-21T10:00:00.000Z");
    assertRefused(Map.of("contentCreated", "+1000000000-12-31T23:59:59Z"), "contentCreated");
    assertRefused(Map.of("contentCreated", "-0001-01-01T00:00:00Z"), "contentCreated");
    assertRefused(Map.of("contentCreated", 5L), "must be a text");
    assertRefused(Map.of("created", "2026-11-21T10:00:00.000Z"), "'created'");
    assertRefused(
        Map.of(
            "completeUntil",
            "2026-11-21T10:00:00.000Z",
            "contentCreated",
            "2026-11-21T10:00:00.000Z",
            "contentId",
            "a",
            "recordIndex",
            -1L),
        "recordIndex");
    assertRefused(
        Map.of("completeUntil", "2026-11-21T10:00:00.000Z", "settled", "garbage"), "settled");
    assertRefused(Map.of("completeUntil", "2026-11-21T10:00:00.000Z", "parked", "[{}]"), "parked");
    assertRefused(backlog("2026-11-20T10:00:00Z", "2026-11-21T10:00:01Z"), "backlogUntil");
    assertRefused(backlog("2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z"), "backlogFrom");
    assertRefused(backlog("2026-11-20T10:00:00Z", "soon"), "'backlogUntil' is not a time");
    Map<String, Object> half = backlog("2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z");
    half.remove("backlogUntil");
    assertRefused(half, "leave both out");
  }

  private static Map<String, Object> backlog(String from, String until) {
    Map<String, Object> offset = new HashMap<>();
    offset.put("completeUntil", "2026-11-21T10:00:00.000Z");
    offset.put("backlogFrom", from);
    offset.put("backlogUntil", until);
    return offset;
  }

  private static void assertRefused(Map<String, ?> offset, String word) {
    assertThatThrownBy(() -> OffsetFormat.check(FEED, offset, Blobs.NOON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(word);
  }

  @Test
  void theSourcePartitionHasTheOrderOfConnectsLookup() {
    List<String> order = new ArrayList<>(FEED.sourcePartition().keySet());

    assertThat(order)
        .containsExactlyElementsOf(new HashMap<>(FEED.sourcePartition()).keySet())
        .containsExactly("contentType", "tenant");
  }
}
