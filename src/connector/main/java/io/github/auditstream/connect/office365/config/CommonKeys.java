package io.github.auditstream.connect.office365.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;

import java.net.URI;
import java.util.List;

/** The settings of the cloud and of the topics that all connectors have; all tenants share them. */
public final class CommonKeys {
  static final SettingList ALL = new SettingList();

  /** Kafka's own bound on a topic's name. */
  static final int LONGEST_TOPIC = 249;

  /** Leaves room for a dot and the longest workload's name. */
  private static final int LONGEST_PREFIX = 200;

  public static final Setting<List<String>> TENANTS =
      ALL.key("tenants", "Tenants", Group.TENANTS, MEDIUM)
          .documented(
              "Aliases of the tenants to read, separated by commas, for example contoso,fabrikam. Every"
                  + " tenant then has its keys as tenants.<alias>.tenant.id and so on, and takes what"
                  + " it lacks from the key without prefix. Leave it empty for a single tenant, which"
                  + " is set up by the keys without prefix and goes by the alias default.")
          .defaultsTo("")
          .readBy(Rules.aliases());

  public static final Setting<Cloud> CLOUD =
      ALL.key("cloud", "Microsoft cloud", Group.CLOUD, MEDIUM)
          .documented(
              "The Microsoft cloud of the tenants: global for most, gcc, gcc-high or dod for"
                  + " governments of the United States, china for the one that 21Vianet runs."
                  + " Microsoft's reference does not name China's management host, so"
                  + " https://manage.office365.cn is unproven. With custom, the endpoints are named"
                  + " one by one.")
          .defaultsTo(Rules.word(Cloud.GLOBAL))
          .recommending(Rules.words(Cloud.values()))
          .readBy(Rules.oneOf(Cloud.values()));

  public static final Setting<URI> MANAGEMENT_ENDPOINT =
      ALL.key("management.endpoint", "Management endpoint", Group.CLOUD, LOW)
          .documented(
              "The Management Activity API's root and the audience of its tokens, for example"
                  + " https://manage.office.com. With cloud=custom only. A host on this machine may"
                  + " do without TLS.")
          .onlyWith(CLOUD, Rules.word(Cloud.CUSTOM))
          .readBy(EndpointRule.with(true));

  public static final Setting<URI> AUTHORITY_ENDPOINT =
      ALL.key("authority.endpoint", "Authority endpoint", Group.CLOUD, LOW)
          .documented(
              "The root of Microsoft Entra ID's login service, for example"
                  + " https://login.microsoftonline.com. With cloud=custom only.")
          .onlyWith(CLOUD, Rules.word(Cloud.CUSTOM))
          .readBy(EndpointRule.with(false));

  public static final Setting<URI> GRAPH_ENDPOINT =
      ALL.key("graph.endpoint", "Graph endpoint", Group.CLOUD, LOW)
          .documented(
              "Microsoft Graph's root, for example https://graph.microsoft.com. With cloud=custom only,"
                  + " where the history connector needs it. The source connector asks nothing of Graph"
                  + " and does not read the key: it is checked, and reserved.")
          .onlyWith(CLOUD, Rules.word(Cloud.CUSTOM))
          .readBy(EndpointRule.with(false));

  public static final Setting<String> TOPIC_PREFIX =
      ALL.key("topic.prefix", "Topic prefix", Group.TOPICS, HIGH)
          .documented(
              "What the topics' names start with. Events go to <prefix>.<workload>, for example"
                  + " office365.exchange. One prefix for one source connector: two that read the same"
                  + " tenant into the same topics write every event twice. The history connector has"
                  + " the prefix of the source connector whose topics it completes. After a change"
                  + " Reconcile and Replay see the new topics only.")
          .defaultsTo("office365")
          .readBy(Rules.topicName(LONGEST_PREFIX));

  public static final Setting<String> STATUS_TOPIC =
      ALL.key("status.topic", "Status topic", Group.TOPICS, LOW)
          .documented(
              "The topic of the feeds' status records. The history connector reads the gaps from it."
                  + " Default: <prefix>.status.")
          .readBy(Rules.topicName(LONGEST_TOPIC));

  public static final Setting<String> DEADLETTER_TOPIC =
      ALL.key("deadletter.topic", "Dead letters' topic", Group.TOPICS, LOW)
          .documented(
              "The topic of the blobs and events that could not be read; the same for a source connector"
                  + " and the history that completes its topics. Default: <prefix>.deadletter.")
          .readBy(Rules.topicName(LONGEST_TOPIC));

  public static final Setting<Long> BUFFER_BYTES =
      ALL.key("buffer.bytes", "Buffer", Group.LIMITS, LOW)
          .documented(
              "How many bytes of memory the events take at most that a task holds between Microsoft and"
                  + " Kafka. Usual events take about 2.5 times their JSON text, and as many bytes again"
                  + " may be on their way to the producer.")
          .defaultsTo(Long.toString(12L << 20))
          .readBy(Rules.wholeNumber(LONG, "a whole number of bytes", 1L << 20, Long.MAX_VALUE));

  private CommonKeys() {}
}
