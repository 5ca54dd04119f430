package io.github.auditstream.connect.office365.feed.offset;

import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.status.Elements;
import io.github.auditstream.connect.office365.status.ReplayRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Edits a stopped feed's source offset so that elements of blobs that are done are read once more:
 * they join the blobs that are parked, due at once.
 */
public final class ReplayOffset {
  /** Replays leave room among the blobs that are parked for those that fail meanwhile. */
  public static final int MOST_REPLAYS = FeedState.MOST_PARKED / 2;

  private ReplayOffset() {}

  /**
   * A blob and what is wanted of it.
   *
   * @param elements at least one
   */
  public record Wanted(ContentBlob blob, Elements elements) {}

  /**
   * What came of it.
   *
   * @param offset the new source offset; as it was where nothing could be taken
   * @param taken the replays that stand in it now
   * @param refused by contentId, why the others do not
   */
  public record Edited(
      Map<String, Object> offset, List<Wanted> taken, Map<String, String> refused) {}

  /**
   * Adds replays to a source offset.
   *
   * @param offset as Connect stores it
   * @param requested distinguishes these replays from earlier and later ones of the same blobs
   * @throws IllegalArgumentException if the offset is not one
   */
  public static Edited add(
      FeedId feed, Map<String, ?> offset, List<Wanted> wanted, Instant requested) {
    FeedState state = OffsetFormat.read(feed.contentType(), offset);
    List<Wanted> taken = new ArrayList<>();
    Map<String, String> refused = new LinkedHashMap<>();
    for (Wanted one : wanted) {
      Optional<String> objection = objection(state, one);
      if (objection.isPresent()) {
        refused.put(one.blob().contentId(), objection.get());
      } else {
        ReplayRequest replay = new ReplayRequest(requested, one.elements());
        state = state.afterParking(ParkedBlob.toReplay(one.blob(), replay));
        taken.add(one);
      }
    }
    return new Edited(OffsetFormat.write(state), List.copyOf(taken), refused);
  }

  private static Optional<String> objection(FeedState state, Wanted wanted) {
    String contentId = wanted.blob().contentId();
    ParkedBlob parkedBlob = state.parked().get(contentId);
    if (parkedBlob != null) {
      return Optional.of(
          parkedBlob.replay().isPresent()
              ? "a replay of it is under way already"
              : "it is parked and tried again anyway; replay what is left once it has a"
                  + " receipt");
    }
    if (isBeingRead(state, contentId)) {
      return Optional.of("it is just being read; replay what is left once it has a receipt");
    }
    if (!state.knows(wanted.blob())) {
      return Optional.of("the feed is going to read it anyway, since it was rewound");
    }
    if (state.parked().size() >= MOST_REPLAYS) {
      return Optional.of(
          "no more than "
              + MOST_REPLAYS
              + " blobs of a feed may be parked for it; replay it when these are done");
    }
    return Optional.empty();
  }

  private static boolean isBeingRead(FeedState state, String contentId) {
    return state
        .position()
        .filter(position -> position.inside().isPresent())
        .filter(position -> position.contentId().equals(contentId))
        .isPresent();
  }
}
