package io.github.auditstream.connect.office365.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** Counts on from its offset to the last number wanted. */
public final class CountingTask extends SourceTask {
  static final String NUMBER = "number";
  private static final Map<String, String> PARTITION = Map.of("counter", "one");
  private static final int BATCH = 100;
  private static final Schema SCHEMA =
      SchemaBuilder.struct()
          .name("io.github.auditstream.office365.test.Count")
          .field(NUMBER, Schema.INT64_SCHEMA)
          .field("remark", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private final CountDownLatch never = new CountDownLatch(1);
  private String topic = "";
  private long next;
  private long last;
  private String failure = "";

  @Override
  public void start(Map<String, String> props) {
    topic = props.getOrDefault(CountingConnector.TOPIC, "");
    last = Long.parseLong(props.getOrDefault(CountingConnector.LAST, "0"));
    failure = props.getOrDefault(CountingConnector.THEN, "");
    Map<String, Object> offset = context.offsetStorageReader().offset(PARTITION);
    next = offset != null && offset.get(NUMBER) instanceof Long done ? done + 1 : 1;
  }

  @Override
  public @Nullable List<SourceRecord> poll() throws InterruptedException {
    if (next > last && !failure.isEmpty()) {
      throw new ConnectException(failure);
    }
    if (next > last) {
      boolean released = never.await(100, TimeUnit.MILLISECONDS);
      assert !released;
      return null;
    }
    List<SourceRecord> batch = new ArrayList<>();
    for (long end = Math.min(last, next + BATCH - 1); next <= end; next++) {
      batch.add(
          new SourceRecord(
              PARTITION,
              Map.of(NUMBER, next),
              topic,
              null,
              Schema.STRING_SCHEMA,
              Long.toString(next),
              SCHEMA,
              new Struct(SCHEMA).put(NUMBER, next)));
    }
    return batch;
  }

  @Override
  public void stop() {}

  @Override
  public String version() {
    return "1.0.0";
  }
}
