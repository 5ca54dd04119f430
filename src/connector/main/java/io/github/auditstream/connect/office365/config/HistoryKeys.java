package io.github.auditstream.connect.office365.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The settings of the history: which days are read, how fast, and what is not sent again. */
public final class HistoryKeys {
  static final SettingList ALL = new SettingList();

  /** What the keys of the consumer begin with that reads the event topics. */
  public static final String KAFKA = "kafka.";

  /** Of the 200 that Microsoft grants at the least. */
  private static final String CREATIONS = "150";

  public static final Setting<Instant> FROM =
      ALL.key("history.from", "Beginning", Group.HISTORY, HIGH)
          .documented(
              "The beginning of the event times to read, as a date or an instant in UTC, for example"
                  + " 2026-05-04 or 2026-05-04T08:00:00Z. Microsoft keeps events for 180 days, or as"
                  + " long as the licence and retention policies say; older days come out empty."
                  + " Without it only gaps and export files are read.")
          .readBy(Rules.instant());

  public static final Setting<Instant> UNTIL =
      ALL.key("history.until", "End", Group.HISTORY, MEDIUM)
          .documented(
              "The end of the event times to read, itself not included. It may lie behind the live"
                  + " connector's beginning: what is in the topics already is not sent again. Default:"
                  + " the moment of the first start, which the connector keeps.")
          .onlyWith(FROM)
          .readBy(Rules.instant());

  public static final Setting<Boolean> GAPS =
      ALL.key("history.gaps", "Read gaps", Group.HISTORY, MEDIUM)
          .documented(
              "Whether the spans are read that the live connector has reported as gaps in its status"
                  + " topic, since their content had expired. They are looked for at the start and"
                  + " every hour.")
          .defaultsTo("false")
          .readBy(Rules.yesOrNo());

  public static final Setting<CatchUpOrder> ORDER =
      ALL.key("history.order", "Order", Group.HISTORY, LOW)
          .documented(
              "Which end is read first. The slices that touch the last two days before the end are"
                  + " read last in any case.")
          .defaultsTo(Rules.word(CatchUpOrder.OLDEST_FIRST))
          .recommending(Rules.words(CatchUpOrder.values()))
          .readBy(Rules.oneOf(CatchUpOrder.values()));

  public static final Setting<Duration> SETTLED_AFTER =
      ALL.key("history.settled.after", "Settled after", Group.HISTORY, LOW)
          .documented(
              "How old the end of a slice must be before it is read. Events can be found up to a day"
                  + " late, and the live connector can still be about to send some of the last days.")
          .defaultsTo("PT48H")
          .readBy(Rules.duration(7, "PT48H"));

  public static final Setting<List<String>> RECORD_TYPES =
      ALL.key("history.record.types", "Record types", Group.HISTORY, LOW)
          .documented(
              "The record types to ask for, as Microsoft Graph writes them, for example"
                  + " exchangeAdmin,sharePointFileOperation. Default: all, which is the only way to"
                  + " get types that are not documented yet.")
          .readBy(Rules.recordTypes());

  public static final Setting<Deduplicate> DEDUPLICATE =
      ALL.key("deduplicate", "Deduplicate", Group.HISTORY, MEDIUM)
          .documented(
              "How events are known that are there already. topics: the keys of the event topics are"
                  + " read at the start and before each slice, with the kafka.* settings; needs about"
                  + " 34 MB of memory for a million of events in the range. none: for empty topics; a"
                  + " slice that a restart interrupts is then sent again from its beginning.")
          .defaultsTo(Rules.word(Deduplicate.TOPICS))
          .recommending(Rules.words(Deduplicate.values()))
          .readBy(Rules.oneOf(Deduplicate.values()));

  public static final Setting<String> BOOTSTRAP_SERVERS =
      ALL.key(KAFKA + "bootstrap.servers", "Kafka brokers", Group.HISTORY, MEDIUM)
          .documented(
              "The brokers of the cluster that the worker writes to, for reading the event topics'"
                  + " keys and the gaps. Every other key that begins with kafka., such as"
                  + " kafka.security.protocol, is given to that consumer without its beginning. It"
                  + " needs to describe and read the topics of the prefix, and no group.")
          .readBy(Rules.text());

  public static final Setting<String> LEDGER_TOPIC =
      ALL.key("history.topic", "Ledger's topic", Group.TOPICS, LOW)
          .documented(
              "The topic of the ledger: how each slice and each export file is getting on, and a"
                  + " summary for each tenant. Compact it. Default: <prefix>.history.")
          .readBy(Rules.topicName(CommonKeys.LONGEST_TOPIC));

  public static final Setting<Path> IMPORT_FOLDER =
      ALL.key("import.folder", "Folder of export files", Group.HISTORY, MEDIUM)
          .documented(
              "A folder with files that were exported from the audit log: by the Purview portal, by"
                  + " Search-UnifiedAuditLog, or by Microsoft-Extractor-Suite and the like. Each is"
                  + " read once, in the order of the names; more files may be added. The worker that"
                  + " runs task 0 must see it.")
          .readBy(Rules.path());

  public static final Setting<Long> CREATIONS_PER_DAY =
      ALL.key("history.queries.per.day", "Queries a day", Group.LIMITS, MEDIUM)
          .documented(
              "How many audit log queries are created of each tenant within 24 hours. Microsoft grants"
                  + " 200 to all applications and people of the tenant together; a day of events"
                  + " takes one, more where it must be split or repeated.")
          .defaultsTo(CREATIONS)
          .readBy(Rules.wholeNumber(INT, "a whole number of queries", 1, 10_000));

  public static final Setting<Long> CONCURRENCY =
      ALL.key("history.concurrency", "Concurrent queries", Group.LIMITS, LOW)
          .documented(
              "How many audit log queries of each tenant are under way at once. Beyond 6 Microsoft has"
                  + " been seen to refuse them; what is refused waits.")
          .defaultsTo("2")
          .readBy(Rules.wholeNumber(INT, "a whole number of queries", 1, 10));

  public static final Setting<Duration> STUCK_AFTER =
      ALL.key("history.stuck.after", "Stuck after", Group.LIMITS, LOW)
          .documented(
              "A query that has not ended by then is given up, and its slice is read in two halves."
                  + " Minutes are usual, some hours are seen.")
          .defaultsTo("PT4H")
          .readBy(Rules.duration(2, "PT4H"));

  public static final Setting<Long> FIRST_POLL_MS =
      ALL.key("history.poll.interval.ms", "Poll interval", Group.POLLING, LOW)
          .documented(
              "The pause before a query is asked for its status for the first time. Then it is three"
                  + " times as long, growing to twelve times.")
          .defaultsTo("10000")
          .readBy(Rules.milliseconds(10, 600_000));

  public static final Setting<Long> PAGE_SIZE =
      ALL.key("history.page.size", "Page size", Group.LIMITS, LOW)
          .documented(
              "How many records a page is asked to hold. Microsoft documents no limit; 200 to 10,000"
                  + " are in use.")
          .defaultsTo("999")
          .readBy(Rules.wholeNumber(INT, "a whole number of records", 1, 10_000));

  public static final Setting<ApiVersion> API_VERSION =
      ALL.key("history.api.version", "API version", Group.CLOUD, LOW)
          .documented(
              "The version of Microsoft Graph. auto: v1.0, and beta where a tenant is not served"
                  + " v1.0.")
          .defaultsTo(ApiVersion.AUTO.word())
          .recommending(ApiVersion.words())
          .readBy(Rules.apiVersion());

  private HistoryKeys() {}
}
