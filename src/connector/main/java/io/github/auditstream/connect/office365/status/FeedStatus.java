package io.github.auditstream.connect.office365.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * How a feed is doing.
 *
 * @param tenant the tenant's id
 * @param contentType as the API writes it
 * @param state in one word
 * @param subscription what is known of the subscription
 * @param time when this was true
 * @param listedUntil content up to here has been listed
 * @param completeUntil every blob created before this is done or parked
 * @param lastContentCreated of the last blob that left
 * @param lastContentId of the last blob that left
 * @param lag age of the point before which everything listed is in Kafka or parked
 * @param waitingBlobs listed and not in Kafka yet
 * @param parkedBlobs blobs that are parked after failures
 * @param gap the last span of content that expired while the connector was down
 * @param problem what keeps the feed from working
 * @param catchUp how it gets on with a backlog; empty if there is none
 * @param droppedRecords how many records Connect has dropped since the task's start
 * @param readFrom content created before this was never to be read; empty where it is not known
 * @param notes what has happened since the task's start and is over
 */
public record FeedStatus(
    String tenant,
    String contentType,
    State state,
    Subscription subscription,
    Instant time,
    Instant listedUntil,
    Instant completeUntil,
    Optional<Instant> lastContentCreated,
    Optional<String> lastContentId,
    Duration lag,
    int waitingBlobs,
    int parkedBlobs,
    Optional<Gap> gap,
    Optional<Problem> problem,
    Optional<CatchUpStatus> catchUp,
    long droppedRecords,
    Optional<Instant> readFrom,
    Notes notes) {
  private static final Schema SCHEMA = OwnSchemas.read("status");
  private static final Schema PROBLEM = SCHEMA.field("Problem").schema();
  private static final Schema CATCH_UP = SCHEMA.field("CatchUp").schema();

  /** How the feed is, in one word. */
  public enum State {
    /** Nothing is known yet. */
    STARTING,
    /** Refused in its first hour: consent takes that long to spread. */
    PENDING,
    RUNNING,
    /** The problem says why. */
    TROUBLED,
    /** No state: the record reports a gap, once, under a key of its own. */
    GAP
  }

  /** What is known of the subscription. */
  public enum Subscription {
    UNKNOWN,
    ENABLED,
    DISABLED,
    MISSING
  }

  /** A span of creation times whose content nobody can have any more. */
  public record Gap(Instant from, Instant until) {

    public Duration length() {
      return Duration.between(from, until);
    }
  }

  /**
   * What has happened since the task's start and does not keep the feed from working.
   *
   * @param refusedEntries entries of listings that went to the dead letters
   * @param notice the latest that a person should know
   */
  public record Notes(long refusedEntries, Optional<Notice> notice) {
    public static final Notes NONE = new Notes(0, Optional.empty());
  }

  /** What happened, what it means and what to do, and when it did. */
  public record Notice(String text, Instant time) {}

  /** The status records' schema: always the same instance. */
  public static Schema schema() {
    return SCHEMA;
  }

  /**
   * The record key: one per feed, so that a compacted topic holds the latest of each, and one per
   * gap, so that it holds each for ever.
   */
  public String key() {
    String feed = tenant + "/" + contentType;
    return state == State.GAP
        ? feed + "/gap/" + gap.map(span -> span.from().toString()).orElse("")
        : feed;
  }

  public Struct toStruct() {
    return new Struct(SCHEMA)
        .put("Tenant", tenant)
        .put("ContentType", contentType)
        .put("State", state.name())
        .put("Subscription", subscription.name())
        .put("Time", time.toString())
        .put("ListedUntil", listedUntil.toString())
        .put("CompleteUntil", completeUntil.toString())
        .put("LastContentCreated", lastContentCreated.map(Instant::toString).orElse(null))
        .put("LastContentId", lastContentId.orElse(null))
        .put("LagMs", lag.toMillis())
        .put("WaitingBlobs", waitingBlobs)
        .put("ParkedBlobs", parkedBlobs)
        .put("GapFrom", gap.map(span -> span.from().toString()).orElse(null))
        .put("GapUntil", gap.map(span -> span.until().toString()).orElse(null))
        .put("Problem", problem.map(FeedStatus::toStruct).orElse(null))
        .put("CatchUp", catchUp.map(progress -> progress.toStruct(CATCH_UP)).orElse(null))
        .put("DroppedRecords", droppedRecords)
        .put("ReadFrom", readFrom.map(Instant::toString).orElse(null))
        .put("RefusedEntries", notes.refusedEntries())
        .put("Notice", notes.notice().map(Notice::text).orElse(null))
        .put("NoticeTime", notes.notice().map(notice -> notice.time().toString()).orElse(null));
  }

  private static Struct toStruct(Problem problem) {
    return new Struct(PROBLEM)
        .put("Kind", problem.kind())
        .put("Code", problem.code().isEmpty() ? null : problem.code())
        .put("HttpStatus", problem.httpStatus())
        .put("Reason", problem.reason())
        .put("Since", problem.since().toString())
        .put("Times", problem.times());
  }
}
