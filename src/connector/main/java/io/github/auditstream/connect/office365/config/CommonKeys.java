package io.github.auditstream.connect.office365.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.github.auditstream.connect.office365.model.ContentType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of what is read and where it goes; all tenants share them. */
public final class CommonKeys {
  static final SettingList ALL = new SettingList();

  private static final long ONE_DAY_MS = Duration.ofDays(1).toMillis();

  public static final Setting<List<String>> TENANTS =
      ALL.add(
          Setting.of(
              Group.TENANTS,
              "tenants",
              LIST,
              "",
              Rules.aliases(),
              MEDIUM,
              "Tenants",
              "Aliases of the tenants to read, separated by commas, for example contoso,fabrikam. Every"
                  + " tenant then has its keys as tenants.<alias>.tenant.id and so on, and takes what"
                  + " it lacks from the key without prefix. Leave it empty for a single tenant, which"
                  + " is set up by the keys without prefix and goes by the alias default."));

  public static final Setting<String> CLOUD =
      ALL.add(
          Setting.of(
                  Group.CLOUD,
                  "cloud",
                  STRING,
                  Cloud.GLOBAL.text(),
                  Rules.oneOf(Cloud.texts()),
                  MEDIUM,
                  "Microsoft cloud",
                  "The Microsoft cloud of the tenants: global for most, gcc, gcc-high or dod for"
                      + " governments of the United States, china for the one that 21Vianet runs."
                      + " Microsoft's reference does not name China's management host, so"
                      + " https://manage.office365.cn is unproven. With custom, the endpoints are named"
                      + " one by one.")
              .recommending(Cloud.texts()));

  public static final Setting<URI> MANAGEMENT_ENDPOINT =
      ALL.add(
          Setting.of(
                  Group.CLOUD,
                  "management.endpoint",
                  STRING,
                  null,
                  new EndpointRule(true),
                  LOW,
                  "Management endpoint",
                  "The Management Activity API's root and the audience of its tokens, for example"
                      + " https://manage.office.com. With cloud=custom only. A host on this machine may"
                      + " do without TLS.")
              .onlyWith(CLOUD, Cloud.CUSTOM.text()));

  public static final Setting<URI> AUTHORITY_ENDPOINT =
      ALL.add(
          Setting.of(
                  Group.CLOUD,
                  "authority.endpoint",
                  STRING,
                  null,
                  new EndpointRule(false),
                  LOW,
                  "Authority endpoint",
                  "The root of Microsoft Entra ID's login service, for example"
                      + " https://login.microsoftonline.com. With cloud=custom only.")
              .onlyWith(CLOUD, Cloud.CUSTOM.text()));

  public static final Setting<URI> GRAPH_ENDPOINT =
      ALL.add(
          Setting.of(
                  Group.CLOUD,
                  "graph.endpoint",
                  STRING,
                  null,
                  new EndpointRule(false),
                  LOW,
                  "Graph endpoint",
                  "Microsoft Graph's root. With cloud=custom only. This connector asks nothing of Graph and"
                      + " does not read the key: it is checked, and reserved for connectors that will."
                      + " Default: the management endpoint, so that no other host is ever asked.")
              .onlyWith(CLOUD, Cloud.CUSTOM.text()));

  public static final Setting<List<ContentType>> CONTENT_TYPES =
      ALL.add(
          Setting.of(
                  Group.CONTENT,
                  "content.types",
                  LIST,
                  allContentTypes(),
                  Rules.contentTypes(),
                  MEDIUM,
                  "Content types",
                  "What to read of each tenant; each tenant and content type makes one feed. DLP.All"
                      + " needs the permission ActivityFeed.ReadDlp; without it that feed waits and the"
                      + " others go on.")
              .recommending(Stream.of(ContentType.values()).map(ContentType::apiName).toList()));

  public static final Setting<Duration> INITIAL_LOOKBACK =
      ALL.add(
          Setting.of(
              Group.CONTENT,
              "initial.lookback",
              STRING,
              "PT0S",
              Rules.duration(Duration.ZERO, Duration.ofDays(7), "PT12H or P7D"),
              MEDIUM,
              "Initial look-back",
              "How far back the very first start of a feed reads. PT0S is from now on; P7D is all that"
                  + " Microsoft keeps. A feed that has an offset goes on from there and does not look"
                  + " at this."));

  public static final Setting<String> TOPIC_PREFIX =
      ALL.add(
          Setting.of(
              Group.TOPICS,
              "topic.prefix",
              STRING,
              "office365",
              new TopicNameRule(TopicNameRule.LONGEST_PREFIX),
              HIGH,
              "Topic prefix",
              "What the topics' names start with. Events go to <prefix>.<workload>, for example"
                  + " office365.exchange. One prefix for one connector: two that read the same tenant"
                  + " into the same topics write every event twice. After a change Reconcile and Replay"
                  + " see the new topics only."));

  public static final Setting<String> RECEIPTS_TOPIC =
      ALL.add(
          operationalTopic(
              "receipts.topic",
              "Receipts' topic",
              "The topic of the receipts, one for each content blob. Default: <prefix>.receipts."));

  public static final Setting<String> STATUS_TOPIC =
      ALL.add(
          operationalTopic(
              "status.topic",
              "Status topic",
              "The topic of the feeds' status records. Default: <prefix>.status."));

  public static final Setting<String> DEADLETTER_TOPIC =
      ALL.add(
          operationalTopic(
              "deadletter.topic",
              "Dead letters' topic",
              "The topic of the blobs and events that could not be read. Default: <prefix>.deadletter."));

  public static final Setting<Long> POLL_INTERVAL_MS =
      ALL.add(
          Setting.of(
              Group.POLLING,
              "poll.interval.ms",
              LONG,
              "60000",
              Rules.wholeNumber("a whole number of milliseconds", 100, ONE_DAY_MS),
              MEDIUM,
              "Poll interval",
              "The pause between two listings of a feed that has caught up."));

  public static final Setting<Duration> OVERLAP =
      ALL.add(
          Setting.of(
              Group.POLLING,
              "overlap",
              STRING,
              "PT6H",
              Rules.duration(Duration.ZERO, Duration.ofDays(1), "PT6H"),
              LOW,
              "Overlap",
              "How far behind the newest listing is listed again, to find content that became visible"
                  + " late. What was read already is not read again. PT0S lists nothing twice, and so"
                  + " loses what is late."));

  public static final Setting<String> CATCH_UP_ORDER =
      ALL.add(
          Setting.of(
                  Group.POLLING,
                  "catch.up.order",
                  STRING,
                  CatchUpOrder.OLDEST_FIRST.text(),
                  Rules.oneOf(CatchUpOrder.texts()),
                  LOW,
                  "Order of a backlog",
                  "Which end of a backlog is read first, after an outage, a first start that looks"
                      + " back or a rewind. With newest-first, what is older than the overlap is left"
                      + " for later and read from its newest end while new content arrives.")
              .recommending(CatchUpOrder.texts()));

  public static final Setting<Long> FETCH_CONCURRENCY =
      ALL.add(
          Setting.of(
              Group.LIMITS,
              "fetch.concurrency",
              INT,
              "32",
              Rules.wholeNumber("a whole number of blobs", 1, 256),
              LOW,
              "Concurrent fetches",
              "How many content blobs of a tenant a task retrieves at once."));

  public static final Setting<Long> BUFFER_BYTES =
      ALL.add(
          Setting.of(
              Group.LIMITS,
              "buffer.bytes",
              LONG,
              Long.toString(12L << 20),
              Rules.wholeNumber("a whole number of bytes", 1L << 20, Long.MAX_VALUE),
              LOW,
              "Buffer",
              "How many bytes of memory the events take at most that a task holds between Microsoft and"
                  + " Kafka. Usual events take about 2.5 times their JSON text, and as many bytes again"
                  + " may be on their way to the producer."));

  private CommonKeys() {}

  private static Setting<String> operationalTopic(
      String key, String displayName, String documentation) {
    return Setting.of(
        Group.TOPICS,
        key,
        STRING,
        null,
        new TopicNameRule(TopicNameRule.LONGEST_NAME),
        LOW,
        displayName,
        documentation);
  }

  private static String allContentTypes() {
    return Stream.of(ContentType.values())
        .map(ContentType::apiName)
        .collect(Collectors.joining(","));
  }
}
