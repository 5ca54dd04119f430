package io.github.auditstream.connect.office365.quickstart;

import io.github.auditstream.connect.office365.testkit.AvroDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** What the connector's status records say about feeds with problems. */
final class FeedProblems {
  private final String topic;
  private final AvroDecoder decoder;
  private final Map<String, byte[]> latest = new LinkedHashMap<>();

  /** A feed's problem in words. */
  record FeedProblem(String feed, String reason) {}

  FeedProblems(String topic, AvroDecoder decoder) {
    this.topic = topic;
    this.decoder = decoder;
  }

  void add(ConsumerRecord<String, byte[]> record) {
    if (record.topic().equals(topic) && record.key() != null && record.value() != null) {
      latest.put(record.key(), record.value());
    }
  }

  /** Feeds with a problem, by their last status record. */
  List<FeedProblem> now() {
    List<FeedProblem> problems = new ArrayList<>();
    latest.forEach(
        (feed, value) -> {
          if (decoder.decode(topic, value).value() instanceof Struct status
              && has(status.schema(), "Problem")
              && status.get("Problem") instanceof Struct problem) {
            String type =
                has(status.schema(), "ContentType") ? status.getString("ContentType") : feed;
            problems.add(new FeedProblem(type, String.valueOf(problem.get("Reason"))));
          }
        });
    return problems;
  }

  private static boolean has(Schema schema, String field) {
    return schema.field(field) != null;
  }

  /** The feeds with a problem and the first one's reason; nothing where nothing is wrong. */
  List<String> lines() {
    List<FeedProblem> problems = now();
    if (problems.isEmpty()) {
      return List.of();
    }
    FeedProblem first = problems.get(0);
    String others = problems.size() == 1 ? "" : ", and " + (problems.size() - 1) + " more feeds";
    return List.of("  Problem with " + first.feed() + others + ":", "    " + first.reason());
  }
}
