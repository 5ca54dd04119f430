package io.github.auditstream.connect.office365.it.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.testkit.ConnectorState;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
        new Row(REGISTRY_AWAY, KafkaRows::registryAway),
        new Row("registry-answers-503", KafkaRows::registryUnavailable));
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
    int registry = scene.stage().stack().registry().url().getPort();
    try (Relay relay = Relay.to(registry)) {
      startBehind(relay, scene);

      relay.shut();
      scene.publish();
      assertThat(awaitFailed(scene).failure())
          .contains("org.apache.kafka.common.errors.SerializationException");
      int refused = relay.refused();
      scene.rest().restartFailed(scene.name());
      scene.await("another try", () -> relay.refused() > refused);
      assertThat(awaitFailed(scene).failure()).contains("Tolerance exceeded in error handler");

      relay.passTo(registry);
      scene.rest().restartFailed(scene.name());
      scene.rest().awaitAnyStatus(scene.name(), "running task", LIMIT, state -> state.running(1));
      awaitSchemas(scene);
    }
  }

  /** Of a registry that answers 503 the converter says that another try may help. */
  private static void registryUnavailable(Scene scene) throws Exception {
    int registry = scene.stage().stack().registry().url().getPort();
    AtomicInteger answered = new AtomicInteger();
    HttpServer busy = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    busy.createContext(
        "/",
        request -> {
          try (request) {
            request.getRequestBody().readAllBytes();
            byte[] error = "{\"error_code\":50301,\"message\":\"busy\"}".getBytes(UTF_8);
            request.sendResponseHeaders(503, error.length);
            request.getResponseBody().write(error);
            answered.incrementAndGet();
          }
        });
    busy.start();
    try (Relay relay = Relay.to(registry)) {
      startBehind(relay, scene);

      relay.passTo(busy.getAddress().getPort());
      scene.publish();
      scene.await("three tries", () -> answered.get() >= 3);
      assertThat(scene.rest().status(scene.name()).running(1)).isTrue();

      relay.passTo(registry);
      awaitSchemas(scene);
    } finally {
      busy.stop(0);
    }
  }

  private static void startBehind(Relay relay, Scene scene) {
    scene.set("value.converter", "io.confluent.connect.avro.AvroConverter");
    scene.set(
        "value.converter.schema.registry.url",
        "http://localhost:" + relay.port() + scene.stage().stack().registry().url().getPath());
    scene.set("errors.retry.timeout", "-1");
    scene.publish(Scene.FEED, 5);
    scene.start();
    scene.awaitReceipts(Scene.FEED);
  }

  /** Once the converter has met every schema it needs no registry any more. */
  private static void awaitSchemas(Scene scene) {
    for (ContentType type : scene.feeds()) {
      scene.awaitReceipts(type);
      scene.await("status", () -> scene.arrivals().lastStatus(type.apiName()).isPresent());
    }
  }

  private static ConnectorState awaitFailed(Scene scene) {
    return scene.rest().awaitAnyStatus(scene.name(), "failed task", LIMIT, ConnectorState::failed);
  }
}
