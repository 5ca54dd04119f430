package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.graph.GraphVersion;
import io.github.auditstream.connect.office365.graph.QueryRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says of a slice. It is the source offset of the slice, too: what a restart goes
 * on from.
 *
 * @param attempt the number of the query, from 1; each has a name of its own
 * @param query the query that is under way, or was the last
 * @param created when that was created
 * @param counts what has come of it
 * @param reason why it is not as it should be; empty text if it is
 */
public record SliceEntry(
    SliceState state,
    int attempt,
    Optional<QueryRef> query,
    Optional<Instant> created,
    SliceCounts counts,
    String reason) {
  private static final String STATE = "state";
  private static final String ATTEMPT = "attempt";
  private static final String QUERY = "query";
  private static final String VERSION = "version";
  private static final String CREATED = "created";
  private static final String RECORDS = "records";
  private static final String SENT = "sent";
  private static final String DEAD_LETTERS = "deadLetters";
  private static final String REASON = "reason";

  /** Of a slice that nothing has been done about. */
  static final SliceEntry NEW =
      new SliceEntry(
          SliceState.WAITING, 1, Optional.empty(), Optional.empty(), SliceCounts.NONE, "");

  SliceEntry searching(QueryRef ref, Instant when) {
    return new SliceEntry(
        SliceState.SEARCHING, attempt, Optional.of(ref), Optional.of(when), counts, "");
  }

  SliceEntry in(SliceState next, String why) {
    return new SliceEntry(next, attempt, query, created, counts, why);
  }

  SliceEntry with(SliceCounts more) {
    return new SliceEntry(state, attempt, query, created, more, reason);
  }

  /** To be queried anew, under another name. */
  SliceEntry again(String why) {
    return new SliceEntry(
        SliceState.WAITING, attempt + 1, Optional.empty(), Optional.empty(), counts, why);
  }

  Map<String, Object> toSourceOffset() {
    Map<String, Object> offset = new HashMap<>();
    offset.put(STATE, state.name());
    offset.put(ATTEMPT, (long) attempt);
    query.ifPresent(
        ref -> {
          offset.put(QUERY, ref.id());
          offset.put(VERSION, ref.version().name());
        });
    created.ifPresent(when -> offset.put(CREATED, when.toString()));
    offset.put(RECORDS, counts.records());
    offset.put(SENT, counts.sent());
    offset.put(DEAD_LETTERS, counts.deadLetters());
    if (!reason.isEmpty()) {
      offset.put(REASON, reason);
    }
    return offset;
  }

  /**
   * Reads what {@link #toSourceOffset} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static SliceEntry of(Map<String, Object> offset) {
    try {
      Optional<QueryRef> ref =
          Optional.ofNullable(text(offset, QUERY))
              .map(
                  id ->
                      new QueryRef(
                          GraphVersion.valueOf(
                              Optional.ofNullable(text(offset, VERSION)).orElse("V1")),
                          id));
      return new SliceEntry(
          SliceState.valueOf(Optional.ofNullable(text(offset, STATE)).orElse("")),
          Math.toIntExact(Math.max(1, number(offset, ATTEMPT))),
          ref,
          Optional.ofNullable(text(offset, CREATED)).map(Instant::parse),
          new SliceCounts(
              number(offset, RECORDS), number(offset, SENT), number(offset, DEAD_LETTERS)),
          Optional.ofNullable(text(offset, REASON)).orElse(""));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "is not an offset that the history connector wrote; remove it, and the slice is read"
              + " anew without sending anything twice",
          e);
    }
  }

  private static @Nullable String text(Map<String, Object> offset, String name) {
    return offset.get(name) instanceof String text ? text : null;
  }

  private static long number(Map<String, Object> offset, String name) {
    return offset.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
