package io.github.auditstream.connect.office365.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.quickstart.stack.ConnectorState;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
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
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private KafkaRows() {}

  static List<Row> rows() {
    return List.of(new Row(TOPIC_TAKES_LESS, KafkaRows::topicTakesLess));
  }

  /** The only fault here that fails the task: the broker refuses what the producer was allowed. */
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
    ConnectorState failed =
        scene.rest().awaitAnyStatus(scene.name(), "failed task", LIMIT, ConnectorState::failed);
    assertThat(failed.failure()).contains("RecordTooLargeException");
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
}
