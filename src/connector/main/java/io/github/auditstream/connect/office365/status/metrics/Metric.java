package io.github.auditstream.connect.office365.status.metrics;

import java.util.List;
import java.util.Locale;

/**
 * Everything that the connector measures. The names are a contract with dashboards and alerts, and
 * the same on every worker; they are those of the constants, and a counter's ends in {@code total}.
 */
public enum Metric {
  FEEDS(Scope.CONNECTOR, "Feeds that the configuration asks for"),
  TENANTS(Scope.CONNECTOR, "Tenants that the configuration names"),

  LAG_SECONDS(
      Scope.FEED,
      "Age of the oldest content that may not have been handed to Kafka Connect yet; at the live"
          + " edge about poll.interval.ms and what a round takes"),
  HEARTBEAT_AGE_SECONDS(
      Scope.FEED,
      "Time since the last status record; one is due every 300 s. Also grows while the connector is"
          + " paused"),
  TROUBLED(Scope.FEED, "1 while there is a problem that the feed's status record names, else 0"),
  BLOBS_WAITING(Scope.FEED, "Listed content blobs that have not been handed over whole"),
  BLOBS_PARKED(
      Scope.FEED,
      "Content blobs that failed and are tried again until they expire, or make room where more"
          + " than 100 of a feed cannot be read"),
  BLOBS_LISTED_TOTAL(
      Scope.FEED,
      "Content blobs taken up from listings; one that a restart interrupted is taken up again"),
  BLOBS_LATE_TOTAL(
      Scope.FEED,
      "Those of them that were not there when content created at the same time was listed first"),
  ENTRIES_REFUSED_TOTAL(
      Scope.FEED, "Entries of listings that describe no content blob; each is in the dead letters"),
  EVENTS_PRODUCED_TOTAL(Scope.FEED, "Audit events handed to Kafka Connect"),
  DEAD_LETTERS_TOTAL(
      Scope.FEED,
      "Dead letters handed to Kafka Connect, each of an element, of a blob or of an entry of a"
          + " listing"),
  RECEIPTS_TOTAL(Scope.FEED, "Receipts handed to Kafka Connect: content blobs that are done"),
  BLOB_BYTES_TOTAL(Scope.FEED, "JSON bytes of the content blobs that were read to their end"),
  GAP_SECONDS_TOTAL(
      Scope.FEED, "Length of the content that expired unread, as reported since the task's start"),
  RECORDS_DROPPED_TOTAL(
      Scope.FEED,
      "Records that Kafka Connect did not write: a transform dropped them, or errors.tolerance=all"
          + " skipped an error"),
  DELIVERY_BLOCKED_SECONDS(
      Scope.FEED,
      "For how long Kafka Connect has not asked for records while some that it has are not"
          + " confirmed; else 0. Beyond 30 s: a topic that does not exist, or no broker"),

  REQUESTS_TOTAL(
      Scope.OUTCOME,
      "Requests to the Management Activity API, or of the history to Microsoft Graph, that ended so"),
  THROTTLED(Scope.TENANT, "1 during the pause that follows a throttled answer, else 0"),
  QUOTA_REQUESTS_PER_MINUTE(
      Scope.TENANT,
      "What the task may ask for now: its share of requests.per.minute, less after throttling"),
  QUOTA_LEFT_REQUESTS(
      Scope.TENANT, "What of that the last minute's requests have left over; 0 during a pause"),
  TOKEN_SECONDS_LEFT(
      Scope.TENANT,
      "Until the bearer token ends; a new one is asked for from 300 s on, when there is a request"
          + " to send. NaN before the first, below 0 where none can be had"),
  TOKEN_FAILURES_TOTAL(Scope.TENANT, "Requests that could not be sent for want of a token"),
  SECRET_DAYS_LEFT(
      Scope.TENANT,
      "Until the client certificate ends, or the client secret as client.secret.expires says; 0 or"
          + " less once it has ended, or Entra ID says so. NaN where unknown: Entra ID does not report"
          + " a secret's end, federated assertions and managed identities have none"),

  HISTORY_SLICES(
      Scope.HISTORY,
      "Slices of the history: days, or the parts of one that is too much for a query. NaN until it"
          + " is known what the topics hold, as all of these until then"),
  HISTORY_SLICES_DONE(
      Scope.HISTORY,
      "Those of them that are done: all that Microsoft has of them is in the topics"),
  HISTORY_SLICES_INCOMPLETE(
      Scope.HISTORY,
      "Those that were given up, so that something may be missing; their records in the ledger say"
          + " why"),
  HISTORY_SECONDS_LEFT(
      Scope.HISTORY,
      "About how long the rest takes, by how fast it went since the task's start and by the queries"
          + " of a day. NaN where unknown: until the first slice is done"),
  HISTORY_QUERIES_TODAY(
      Scope.HISTORY,
      "Audit log queries created within the last 24 hours, of history.queries.per.day"),
  HISTORY_TROUBLED(
      Scope.HISTORY,
      "1 while there is a problem that the tenant's record in the ledger names, else 0"),
  HISTORY_EVENTS_PRODUCED_TOTAL(Scope.HISTORY, "Audit events of queries handed to Kafka Connect"),
  HISTORY_DEAD_LETTERS_TOTAL(
      Scope.HISTORY, "Dead letters of queries handed to Kafka Connect, each part counted"),
  HISTORY_EVENTS_ALREADY_THERE_TOTAL(
      Scope.TASK,
      "Records of queries and export files that were not sent, since they are in the topics or on"
          + " their way there"),
  KNOWN_EVENT_IDS(
      Scope.TASK,
      "Ids that are held in memory, of what is in the topics already. NaN until it is known"),
  IMPORT_EVENTS_PRODUCED_TOTAL(Scope.TASK, "Audit events of export files handed to Kafka Connect"),
  IMPORT_DEAD_LETTERS_TOTAL(
      Scope.TASK, "Dead letters of export files handed to Kafka Connect, each part counted");

  private final Scope scope;
  private final String description;

  /** What a metric is of. */
  public enum Scope {
    CONNECTOR,
    FEED,
    TENANT,
    OUTCOME,
    /** A tenant's history. */
    HISTORY,
    /** A task of the history. */
    TASK;

    /** The names of its tags, in the order in which they stand in the MBean's name. */
    public List<String> tags() {
      return switch (this) {
        case CONNECTOR -> List.of("connector");
        case FEED -> List.of("connector", "task", "tenant", "contentType");
        case TENANT, HISTORY -> List.of("connector", "task", "tenant");
        case OUTCOME -> List.of("connector", "task", "tenant", "outcome");
        case TASK -> List.of("connector", "task");
      };
    }
  }

  /** How its value moves. */
  public enum Kind {
    GAUGE,
    /** Only grows, from 0 at the task's start. */
    COUNTER
  }

  Metric(Scope scope, String description) {
    this.scope = scope;
    this.description = description;
  }

  /** As Kafka and JMX show it, for example {@code lag-seconds}. */
  public String metricName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Scope scope() {
    return scope;
  }

  public Kind kind() {
    return name().endsWith("_TOTAL") ? Kind.COUNTER : Kind.GAUGE;
  }

  /** What it says, without a full stop. */
  public String description() {
    return description;
  }
}
