package io.github.auditstream.connect.office365.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.config.ContentType;
import io.github.auditstream.connect.office365.quickstart.stack.ConnectorState;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Kafka's side. */
final class KafkaRows {
  static final String TOPIC_TAKES_LESS = "topic-takes-smaller-records";
  static final String REGISTRY_AWAY = "registry-away";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private KafkaRows() {}

  static List<Row> rows() {
    return List.of(
        new Row(TOPIC_TAKES_LESS, KafkaRows::topicTakesLess),
        new Row(REGISTRY_AWAY, KafkaRows::registryAway));
  }

  /** The broker refuses what the producer was allowed. */
  private static void topicTakesLess(Scene scene) throws Exception {
    scene.feeds(Scene.FEED);
    scene.set("topic.creation.default.max.message.bytes", "40000");
    scene.publish(Scene.FEED, 5);
    PublishedBlob blob =
        scene
            .tenant()
            .blob(Scene.FEED)
            .events("{\"Id\":\"wide\",\"ObjectId\":\"" + "x".repeat(100_000) + "\"}")
            .add();
    scene.start();
    assertThat(awaitFailed(scene).failure()).contains("RecordTooLargeException");
    assertThat(scene.haveReceipts(List.of(blob))).isFalse();
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, scene.name() + ".general");
    scene
        .stage()
        .stack()
        .broker()
        .admin()
        .incrementalAlterConfigs(
            Map.of(
                topic,
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("max.message.bytes", "20000000"),
                        AlterConfigOp.OpType.SET))))
        .all()
        .get(1, TimeUnit.MINUTES);
    scene.rest().restartFailed(scene.name());
    scene.rest().awaitAnyStatus(scene.name(), "running task", LIMIT, state -> state.running(1));
  }

  /**
   * The converter asks for a schema that it has not met yet while the registry is away. It reports
   * that as bad data, so Connect does not try again, whatever {@code errors.retry.timeout} says.
   */
  private static void registryAway(Scene scene) throws Exception {
    URI registry = scene.stage().stack().registry().url();
    try (Relay relay = Relay.to(registry.getPort())) {
      scene.set("value.converter", "io.confluent.connect.avro.AvroConverter");
      scene.set(
          "value.converter.schema.registry.url",
          "http://localhost:" + relay.port() + registry.getPath());
      scene.set("errors.retry.timeout", "-1");
      scene.publish(Scene.FEED, 5);
      scene.start();
      scene.awaitReceipts(Scene.FEED);

      relay.shut();
      scene.publish();
      assertThat(awaitFailed(scene).failure())
          .contains("org.apache.kafka.common.errors.SerializationException");
      int refused = relay.refused();
      scene.rest().restartFailed(scene.name());
      scene.await("another try", () -> relay.refused() > refused);
      ConnectorState again = awaitFailed(scene);
      assertThat(again.failure()).contains("Tolerance exceeded in error handler");

      relay.open();
      scene.rest().restartFailed(scene.name());
      scene.rest().awaitAnyStatus(scene.name(), "running task", LIMIT, state -> state.running(1));
      for (ContentType type : scene.feeds()) {
        scene.awaitReceipts(type);
        // Now the restarted converter has met every schema and needs no registry any more.
        scene.await("status", () -> scene.arrivals().lastStatus(type.apiName()).isPresent());
      }
    }
  }

  private static ConnectorState awaitFailed(Scene scene) {
    return scene
        .rest()
        .awaitAnyStatus(scene.name(), "failed task", LIMIT, ConnectorState::failed);
  }
}
