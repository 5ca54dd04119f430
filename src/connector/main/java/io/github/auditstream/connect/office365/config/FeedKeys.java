package io.github.auditstream.connect.office365.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;

import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The settings of the live feed: what is listed, how often, and how it is retrieved. */
public final class FeedKeys {
  static final SettingList ALL = new SettingList();

  private static final List<String> CONTENT_TYPE_NAMES =
      Stream.of(ContentType.values()).map(ContentType::apiName).toList();

  private static final long ONE_DAY_MS = Duration.ofDays(1).toMillis();

  public static final Setting<List<ContentType>> CONTENT_TYPES =
      ALL.key("content.types", "Content types", Group.CONTENT, MEDIUM)
          .documented(
              "What to read of each tenant; each tenant and content type makes one feed. DLP.All"
                  + " needs the permission ActivityFeed.ReadDlp; without it that feed waits and the"
                  + " others go on.")
          .defaultsTo(String.join(",", CONTENT_TYPE_NAMES))
          .recommending(CONTENT_TYPE_NAMES)
          .readBy(Rules.contentTypes());

  public static final Setting<Duration> INITIAL_LOOKBACK =
      ALL.key("initial.lookback", "Initial look-back", Group.CONTENT, MEDIUM)
          .documented(
              "How far back the very first start of a feed reads. PT0S is from now on; P7D is all that"
                  + " Microsoft keeps. A feed that has an offset goes on from there and does not look"
                  + " at this.")
          .defaultsTo("PT0S")
          .readBy(Rules.duration(7, "PT12H or P7D"));

  public static final Setting<String> RECEIPTS_TOPIC =
      ALL.key("receipts.topic", "Receipts' topic", Group.TOPICS, LOW)
          .documented(
              "The topic of the receipts, one for each content blob. Default: <prefix>.receipts.")
          .readBy(Rules.topicName(CommonKeys.LONGEST_TOPIC));

  public static final Setting<Long> POLL_INTERVAL_MS =
      ALL.key("poll.interval.ms", "Poll interval", Group.POLLING, MEDIUM)
          .documented("The pause between two listings of a feed that has caught up.")
          .defaultsTo("60000")
          .readBy(Rules.milliseconds(100, ONE_DAY_MS));

  public static final Setting<Duration> OVERLAP =
      ALL.key("overlap", "Overlap", Group.POLLING, LOW)
          .documented(
              "How far behind the newest listing is listed again, to find content that became visible"
                  + " late. What was read already is not read again. PT0S lists nothing twice, and so"
                  + " loses what is late.")
          .defaultsTo("PT6H")
          .readBy(Rules.duration(1, "PT6H"));

  public static final Setting<CatchUpOrder> CATCH_UP_ORDER =
      ALL.key("catch.up.order", "Order of a backlog", Group.POLLING, LOW)
          .documented(
              "Which end of a backlog is read first, after an outage, a first start that looks"
                  + " back or a rewind. With newest-first, what is older than the overlap is left"
                  + " for later and read from its newest end while new content arrives.")
          .defaultsTo(Rules.word(CatchUpOrder.OLDEST_FIRST))
          .recommending(Rules.words(CatchUpOrder.values()))
          .readBy(Rules.oneOf(CatchUpOrder.values()));

  public static final Setting<Long> FETCH_CONCURRENCY =
      ALL.key("fetch.concurrency", "Concurrent fetches", Group.LIMITS, LOW)
          .documented("How many content blobs of a tenant a task retrieves at once.")
          .defaultsTo("32")
          .readBy(Rules.wholeNumber(INT, "a whole number of blobs", 1, 256));

  private FeedKeys() {}
}
