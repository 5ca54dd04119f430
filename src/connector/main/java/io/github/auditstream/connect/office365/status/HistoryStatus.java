package io.github.auditstream.connect.office365.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * An entry of the history's ledger: how a slice, an export file or a whole tenant is getting on.
 *
 * @param kind what it is about
 * @param key one for each slice, file and tenant, so that a compacted topic holds the latest of
 *     each
 * @param tenant the tenant's id; empty for a file
 * @param span the event times; empty for a file
 * @param recordTypes that are asked for; none for all
 * @param file the file's name; empty for others
 * @param state a {@code SliceState}, or of a tenant or file {@code RUNNING}, {@code TROUBLED} or
 *     {@code DONE}
 * @param time when this was true
 * @param query what was asked; empty before the first query
 * @param counts what has come of it
 * @param progress of a tenant; empty for others
 * @param reason what is not as it should be, what it means and what to do; empty if all is well
 */
public record HistoryStatus(
    Kind kind,
    String key,
    Optional<String> tenant,
    Optional<Span> span,
    List<String> recordTypes,
    Optional<String> file,
    String state,
    Instant time,
    Optional<Query> query,
    Counts counts,
    Optional<Progress> progress,
    Optional<String> reason) {
  private static final Schema SCHEMA = OwnSchemas.read("history");

  /** What an entry is about. */
  public enum Kind {
    SLICE,
    FILE,
    TENANT
  }

  /** Event times, the end not included. */
  public record Span(Instant from, Instant until) {}

  /**
   * A query.
   *
   * @param id Microsoft Graph's
   * @param attempt its number, from 1
   */
  public record Query(String id, int attempt) {}

  /**
   * What was read.
   *
   * @param records different records that were offered
   * @param sent events that went to the topics
   * @param alreadyThere those that were in the topics before
   * @param deadLetters records that could not become events
   */
  public record Counts(long records, long sent, long alreadyThere, long deadLetters) {}

  /**
   * How a tenant gets on.
   *
   * @param slices all
   * @param done those that are complete
   * @param incomplete those that are given up, where something may be missing
   * @param queriesToday queries that were created within the last 24 hours
   * @param secondsLeft about how long it still takes; empty if unknown
   */
  public record Progress(
      int slices, int done, int incomplete, int queriesToday, OptionalLong secondsLeft) {}

  public HistoryStatus {
    recordTypes = List.copyOf(recordTypes);
  }

  /** The ledger's schema: always the same instance. */
  public static Schema schema() {
    return SCHEMA;
  }

  public Struct toStruct() {
    Struct struct =
        new Struct(SCHEMA)
            .put("Kind", kind.name())
            .put("Tenant", tenant.orElse(null))
            .put("From", span.map(one -> one.from().toString()).orElse(null))
            .put("Until", span.map(one -> one.until().toString()).orElse(null))
            .put("RecordTypes", recordTypes.isEmpty() ? null : recordTypes)
            .put("File", file.orElse(null))
            .put("State", state)
            .put("Time", time.toString())
            .put("QueryId", query.map(Query::id).orElse(null))
            .put("Attempt", query.map(Query::attempt).orElse(null))
            .put("Records", counts.records())
            .put("Sent", counts.sent())
            .put("AlreadyThere", counts.alreadyThere())
            .put("DeadLetters", counts.deadLetters())
            .put("Reason", reason.orElse(null));
    progress.ifPresent(
        all -> {
          struct
              .put("Slices", all.slices())
              .put("SlicesDone", all.done())
              .put("SlicesIncomplete", all.incomplete())
              .put("QueriesToday", all.queriesToday());
          all.secondsLeft().ifPresent(seconds -> struct.put("SecondsLeft", seconds));
        });
    return struct;
  }
}
