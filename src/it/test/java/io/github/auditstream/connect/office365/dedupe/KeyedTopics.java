package io.github.auditstream.connect.office365.dedupe;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of a real broker, with records of which only key and timestamp matter. */
final class KeyedTopics implements AutoCloseable {
  private final String servers;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  KeyedTopics(String servers) {
    this.servers = servers;
    this.admin = Admin.create(Map.of("bootstrap.servers", servers));
    this.producer = producer(Map.of());
  }

  /** A producer that sends each record by itself, so that each is a batch of its own. */
  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", servers);
    settings.put("batch.size", 0);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  Map<String, Object> consumer() {
    return Map.of("bootstrap.servers", servers);
  }

  /** A consumer that gets a record at a time. */
  Map<String, Object> slowConsumer() {
    return Map.of(
        "bootstrap.servers",
        servers,
        "max.partition.fetch.bytes",
        1,
        "fetch.max.bytes",
        1,
        "max.poll.records",
        1);
  }

  void create(String topic, int partitions, Map<String, String> config) throws Exception {
    admin
        .createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(config)))
        .all()
        .get();
  }

  void create(String topic) throws Exception {
    create(topic, 1, Map.of());
  }

  void delete(String topic) throws Exception {
    admin.deleteTopics(List.of(topic)).all().get();
  }

  void grow(String topic, int partitions) throws Exception {
    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all().get();
  }

  void send(String topic, int partition, Instant time, String key) throws Exception {
    producer.send(record(topic, partition, time, key)).get();
  }

  void send(ProducerRecord<byte[], byte[]> record) throws Exception {
    producer.send(record).get();
  }

  void sendAll(String topic, Instant time, List<String> keys) throws Exception {
    for (String key : keys) {
      send(topic, 0, time, key);
    }
  }

  static ProducerRecord<byte[], byte[]> record(
      String topic, int partition, Instant time, String key) {
    return new ProducerRecord<>(topic, partition, time.toEpochMilli(), utf8(key), new byte[100]);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static List<String> keys(String prefix, int number) {
    return IntStream.range(0, number).mapToObj(i -> prefix + i).toList();
  }

  /** A transaction that has begun; the caller's to end and close. */
  KafkaProducer<byte[], byte[]> transaction(String id) {
    KafkaProducer<byte[], byte[]> transactional =
        producer(Map.of("transactional.id", id, "transaction.timeout.ms", 600_000));
    transactional.initTransactions();
    transactional.beginTransaction();
    return transactional;
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
