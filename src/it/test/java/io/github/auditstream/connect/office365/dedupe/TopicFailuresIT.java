package io.github.auditstream.connect.office365.dedupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.testkit.AuthorizedBroker;
import io.github.auditstream.connect.office365.testkit.JvmFlags;
import io.github.auditstream.connect.office365.testkit.KafkaDistribution;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people read where a real broker refuses, or is not there. */
@Timeout(180)
class TopicFailuresIT {
  private static final Instant TIME = Instant.parse("2026-06-01T00:00:00Z");
  private static final String USER = "History";

  @TempDir private static Path folder;
  private static AuthorizedBroker broker;
  private static KeyedTopics topics;

  private final EventIdSet ids = new EventIdSet();

  @BeforeAll
  static void start() {
    broker =
        AuthorizedBroker.start(
            KafkaDistribution.in(Repository.file("target/kafka"), KafkaDistribution.NEWEST),
            folder,
            JvmFlags.QUICK,
            List.of(USER));
    topics = new KeyedTopics(broker.broker().bootstrapServers());
  }

  @AfterAll
  static void end() {
    topics.close();
    broker.close();
  }

  private static void allow(String topic, PatternType pattern, AclOperation operation)
      throws Exception {
    try (Admin admin = broker.broker().admin()) {
      admin
          .createAcls(
              List.of(
                  new AclBinding(
                      new ResourcePattern(ResourceType.TOPIC, topic, pattern),
                      new AccessControlEntry(
                          "User:" + USER, "*", operation, AclPermissionType.ALLOW))))
          .all()
          .get();
    }
  }

  private static Map<String, Object> user() {
    Map<String, Object> settings = new HashMap<>(AuthorizedBroker.login(USER));
    settings.put("bootstrap.servers", broker.bootstrapServers());
    return settings;
  }

  private TopicIds read(String prefix, Map<String, Object> consumer) {
    return read(prefix, consumer, System::nanoTime, progress -> {});
  }

  private TopicIds read(
      String prefix,
      Map<String, Object> consumer,
      LongSupplier nanos,
      Consumer<ReadProgress> progress) {
    EventTopics named = new EventTopics(prefix, Set.of(prefix + ".exchange"), Set.of());
    return new TopicIds(consumer, named, TIME, ids, nanos, progress);
  }

  private TopicReadException failure(String prefix, Map<String, Object> consumer) {
    return catchThrowableOfType(
        TopicReadException.class,
        () -> {
          try (TopicIds reading = read(prefix, consumer)) {
            reading.catchUp();
          }
        });
  }

  @Test
  void noBrokerAtTheAddress() {
    Map<String, Object> nobody =
        Map.of("bootstrap.servers", "localhost:1", "default.api.timeout.ms", 2_000);

    TopicReadException failure = failure("a", nobody);

    assertThat(failure)
        .hasMessageStartingWith("Kafka at localhost:1 does not answer: ")
        .hasMessageContaining("kafka.bootstrap.servers");
    assertThat(failure.retriable()).isTrue();
  }

  @Test
  void noSuchHost() {
    TopicReadException failure =
        failure("a", Map.of("bootstrap.servers", "no-such-host.invalid:9092"));

    assertThat(failure)
        .hasMessageContaining("no-such-host.invalid:9092")
        .hasMessageContaining("check kafka.bootstrap.servers");
  }

  @Test
  void aWrongPassword() {
    Map<String, Object> wrong = new HashMap<>(user());
    wrong.computeIfPresent(
        "sasl.jaas.config",
        (key, login) -> login.toString().replace("=\"History\";", "=\"marker\";"));

    TopicReadException failure = failure("a", wrong);

    assertThat(failure)
        .hasMessageContaining("refuses the login")
        .hasMessageContaining("kafka.security.protocol")
        .hasMessageContaining("kafka.sasl.*")
        .hasMessageNotContaining("marker");
    assertThat(failure.retriable()).isFalse();
  }

  @Test
  void noLogin() {
    Map<String, Object> plain =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "default.api.timeout.ms", 5_000);

    assertThat(failure("a", plain))
        .hasMessageContaining("kafka.bootstrap.servers")
        .hasMessageContaining("kafka.security.protocol");
  }

  @Test
  void settingsThatCannotBeUsed() {
    Map<String, Object> settings = new HashMap<>(user());
    settings.put("sasl.jaas.config", "no.such.Module required password=\"marker\";");

    assertThat(failure("a", settings))
        .hasMessageContaining("kafka.*")
        .hasMessageNotContaining("marker");
  }

  /** A list of all topics leaves it out, and that it does not exist must not be believed. */
  @Test
  void aNamedTopicThatMayNotBeSeen() throws Exception {
    topics.create("b.exchange");
    topics.create("b.general");
    allow("b.general", PatternType.LITERAL, AclOperation.READ);

    TopicReadException failure = failure("b", user());

    assertThat(failure)
        .hasMessageContaining("may not read b.exchange at ")
        .hasMessageContaining("ACLs with DESCRIBE and READ");
    assertThat(failure.retriable()).isFalse();
  }

  @Test
  void aTopicThatMayBeSeenAndNotRead() throws Exception {
    topics.create("c.exchange");
    topics.send("c.exchange", 0, TIME, "c1");
    allow("c.exchange", PatternType.LITERAL, AclOperation.DESCRIBE);

    assertThat(failure("c", user()))
        .hasMessageContaining("may not read c.exchange at ")
        .hasMessageContaining("ACLs with DESCRIBE and READ");
  }

  /** Nothing but what the messages and pages ask for: READ implies DESCRIBE. */
  @Test
  void readOnThePrefixIsEnough() throws Exception {
    topics.create("d.exchange");
    topics.send("d.exchange", 0, TIME, "d1");
    allow("d.", PatternType.PREFIXED, AclOperation.READ);

    try (TopicIds reading = read("d", user())) {
      assertThat(reading.catchUp()).isEqualTo(1);
    }
    try (LiveFeeds feeds = new LiveFeeds(user(), "d.exchange", System::nanoTime)) {
      feeds.catchUp();
      assertThat(feeds.exists()).isTrue();
      assertThat(feeds.gaps()).isEmpty();
    }
  }

  @Test
  void aStatusTopicThatDoesNotExist() {
    try (LiveFeeds feeds = new LiveFeeds(topics.consumer(), "e.status", System::nanoTime)) {
      feeds.catchUp();

      assertThat(feeds.exists()).isFalse();
      assertThat(feeds.gaps()).isEmpty();
    }
  }

  @Test
  void aBrokerThatIsLostInTheMiddleAndComesBack() throws Exception {
    topics.create("f.exchange");
    topics.sendAll("f.exchange", TIME, KeyedTopics.keys("x", 30));
    boolean[] killed = new boolean[1];
    long[] now = new long[1];
    LongSupplier ticks = () -> now[0] += Duration.ofSeconds(11).toNanos();
    Map<String, Object> consumer = new HashMap<>(topics.slowConsumer());
    consumer.put("default.api.timeout.ms", 2_000);

    try (TopicIds reading =
        read(
            "f",
            consumer,
            ticks,
            progress -> {
              if (!killed[0]) {
                killed[0] = true;
                broker.broker().kill();
              }
            })) {
      TopicReadException failure = catchThrowableOfType(TopicReadException.class, reading::catchUp);
      assertThat(failure)
          .hasMessageContaining("has given nothing more of f.exchange-0 for 60 s")
          .hasMessageContaining(broker.broker().bootstrapServers());
      assertThat(failure.retriable()).isTrue();
      assertThat(ids.size()).isBetween(1L, 29L);

      broker.broker().restart();
      reading.catchUp();
      assertThat(KeyedTopics.keys("x", 30)).allMatch(ids::contains);
      assertThat(reading.keys().total()).isEqualTo(30);
    }
  }
}
