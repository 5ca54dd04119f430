package io.github.auditstream.connect.office365.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.testkit.BrokerProcess;
import io.github.auditstream.connect.office365.testkit.JvmFlags;
import io.github.auditstream.connect.office365.testkit.KafkaDistribution;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gaps out of the status topic of a real broker. */
@Timeout(180)
class LiveFeedsIT {
  private static final String TENANT = "c0470505-0000-4000-8000-000000000001";
  private static final Instant FROM = Instant.parse("2026-05-01T10:00:00.123Z");
  private static final Instant UNTIL = Instant.parse("2026-05-03T10:00:00Z");
  private static final Instant NOW = Instant.parse("2026-05-10T10:00:00Z");

  @TempDir private static Path folder;
  private static BrokerProcess broker;
  private static KeyedTopics topics;

  @BeforeAll
  static void start() {
    broker =
        BrokerProcess.start(
            KafkaDistribution.in(Repository.file("target/kafka"), KafkaDistribution.NEWEST),
            folder,
            JvmFlags.QUICK);
    topics = new KeyedTopics(broker.bootstrapServers());
  }

  @AfterAll
  static void end() {
    topics.close();
    broker.close();
  }

  private static String key(String contentType, Instant from) {
    return TENANT + "/" + contentType + "/gap/" + from;
  }

  private static ProducerRecord<byte[], byte[]> gap(
      String topic, String contentType, Instant until, UnaryOperator<String> converter) {
    ProducerRecord<byte[], byte[]> record =
        KeyedTopics.record(topic, 0, NOW, converter.apply(key(contentType, FROM)));
    Map.of(
            "tenant",
            TENANT,
            "contentType",
            contentType,
            "gapFrom",
            FROM.toString(),
            "gapUntil",
            until.toString())
        .forEach(
            (name, value) -> record.headers().add(name, KeyedTopics.utf8(converter.apply(value))));
    return record;
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String withSchema(String text) {
    return "{\"schema\":{\"type\":\"string\",\"optional\":false},\"payload\":\"" + text + "\"}";
  }

  private static LiveFeeds read(String topic) {
    try (LiveFeeds feeds = new LiveFeeds(topics.consumer(), topic, System::nanoTime)) {
      feeds.catchUp();
      return feeds;
    }
  }

  @Test
  void areReadWhateverTheConverters() throws Exception {
    topics.create("a.status", 2, Map.of("cleanup.policy", "compact"));
    topics.send("a.status", 0, NOW, TENANT + "/Audit.Exchange");
    topics.send(gap("a.status", "Audit.Exchange", UNTIL, text -> text));
    topics.send(gap("a.status", "Audit.Exchange", UNTIL, text -> text));
    topics.send(gap("a.status", "Audit.SharePoint", UNTIL, LiveFeedsIT::quoted));
    topics.send(gap("a.status", "DLP.All", UNTIL, LiveFeedsIT::withSchema));
    topics.send(gap("a.status", "Audit.General", UNTIL.plusSeconds(1), text -> text));
    topics.send("a.status", 1, NOW, TENANT + "/Audit.Exchange");

    LiveFeeds gaps = read("a.status");

    assertThat(gaps.gaps())
        .containsExactlyInAnyOrder(
            new Gap(TENANT, ContentType.EXCHANGE, FROM, UNTIL),
            new Gap(TENANT, ContentType.SHAREPOINT, FROM, UNTIL),
            new Gap(TENANT, ContentType.DLP, FROM, UNTIL),
            new Gap(TENANT, ContentType.GENERAL, FROM, UNTIL.plusSeconds(1)));
    assertThat(gaps.unreadableGaps()).isEmpty();
  }

  @Test
  void thoseOfOlderVersionsAreNamedForAPerson() throws Exception {
    topics.create("b.status");
    topics.send("b.status", 0, NOW, key("Audit.Exchange", FROM));
    topics.send("b.status", 0, NOW, quoted(key("Audit.General", UNTIL)));
    // Reported again by a version with headers: then it is known.
    topics.send("b.status", 0, NOW, key("Audit.SharePoint", FROM));
    topics.send(gap("b.status", "Audit.SharePoint", UNTIL, text -> text));
    ProducerRecord<byte[], byte[]> broken =
        KeyedTopics.record("b.status", 0, NOW, key("DLP.All", FROM));
    broken.headers().add("gapFrom", KeyedTopics.utf8("yesterday"));
    topics.send(broken);

    LiveFeeds gaps = read("b.status");

    assertThat(gaps.gaps()).containsExactly(new Gap(TENANT, ContentType.SHAREPOINT, FROM, UNTIL));
    assertThat(gaps.unreadableGaps())
        .containsExactly(
            key("Audit.Exchange", FROM), key("Audit.General", UNTIL), key("DLP.All", FROM));
  }

  @Test
  void thoseOfAnAbortedTransactionAreNone() throws Exception {
    topics.create("c.status");
    try (KafkaProducer<byte[], byte[]> aborted = topics.transaction("c")) {
      aborted.send(gap("c.status", "Audit.Exchange", UNTIL, text -> text)).get();
      aborted.abortTransaction();
    }

    assertThat(read("c.status").gaps()).isEmpty();
  }
}
