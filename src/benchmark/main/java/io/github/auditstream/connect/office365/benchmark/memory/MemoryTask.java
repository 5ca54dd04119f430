package io.github.auditstream.connect.office365.benchmark.memory;

import io.github.auditstream.connect.office365.event.AuditEvent;
import io.github.auditstream.connect.office365.event.AuditEventMapper;
import io.github.auditstream.connect.office365.event.BlobOrigin;
import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.event.UnmappableEventException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/**
 * Maps its events once, at the start; each poll is then a thousand records of them, with the keys,
 * headers and timestamps that the connector gives them, and a small record for every hundred.
 */
public final class MemoryTask extends SourceTask {
  /** How many events there are for each record in {@code <prefix>.receipts}. */
  public static final int EVENTS_A_RECEIPT = 100;

  private static final int BATCH = 1_000;
  private static final int MOST_IN_MEMORY = 2_000;
  private static final Schema RECEIPT =
      SchemaBuilder.struct()
          .name("io.github.auditstream.office365.benchmark.Receipt")
          .field("number", Schema.INT64_SCHEMA)
          .build();

  private final CountDownLatch never = new CountDownLatch(1);
  private List<AuditEvent> events = List.of();
  private Map<String, String> partition = Map.of();
  private String prefix = "";
  private long next;
  private long last;

  /** For Connect. */
  public MemoryTask() {}

  @Override
  public void start(Map<String, String> props) {
    prefix = props.getOrDefault(MemoryConnector.PREFIX, "");
    last = Long.parseLong(props.getOrDefault(MemoryConnector.EVENTS, "0"));
    partition = Map.of(MemoryConnector.TASK, props.getOrDefault(MemoryConnector.TASK, ""));
    events = read(Path.of(props.getOrDefault(MemoryConnector.SAMPLE, "")));
  }

  private static List<AuditEvent> read(Path sample) {
    AuditEventMapper mapper = new AuditEventMapper(new EventSchemas());
    BlobOrigin origin =
        new BlobOrigin(
            UUID.nameUUIDFromBytes(new byte[0]).toString(),
            "Audit.General",
            "20260801100000120000000$20260801100000120000000$audit_general$Audit_General$memory",
            Instant.parse("2026-08-01T10:00:00.120Z"));
    List<AuditEvent> events = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(sample)) {
        if (events.size() < MOST_IN_MEMORY && !line.isBlank()) {
          byte[] json = line.strip().getBytes(StandardCharsets.UTF_8);
          events.add(mapper.map(json, 0, json.length, origin, events.size()));
        }
      }
      return events;
    } catch (IOException | UnmappableEventException e) {
      throw new ConnectException("The sample cannot be read", e);
    }
  }

  @Override
  public @Nullable List<SourceRecord> poll() throws InterruptedException {
    if (next >= last) {
      boolean released = never.await(100, TimeUnit.MILLISECONDS);
      assert !released;
      return null;
    }
    List<SourceRecord> batch = new ArrayList<>(BATCH + BATCH / EVENTS_A_RECEIPT);
    long end = Math.min(last, next + BATCH);
    while (next < end) {
      AuditEvent event = events.get((int) (next % events.size()));
      next++;
      batch.add(record(event.workload().topicSuffix(), "event-" + next, event.value()));
      if (next % EVENTS_A_RECEIPT == 0) {
        batch.add(record("receipts", "receipt-" + next, new Struct(RECEIPT).put("number", next)));
      }
    }
    return batch;
  }

  private SourceRecord record(String topic, String key, Struct value) {
    ConnectHeaders headers = new ConnectHeaders();
    headers.addString("tenant", "11111111-2222-3333-4444-555555555555");
    headers.addString("contentType", "Audit.General");
    headers.addString(
        "contentId",
        "20260801100000120000000$20260801100000120000000$audit_general$Audit_General$memory");
    return new EqualToItself(
        new SourceRecord(
            partition,
            Map.of("next", next),
            prefix + "." + topic,
            null,
            Schema.OPTIONAL_STRING_SCHEMA,
            key,
            value.schema(),
            value,
            System.currentTimeMillis(),
            headers));
  }

  /** As the connector's own records are: their values are not hashed. */
  private static final class EqualToItself extends SourceRecord {
    EqualToItself(SourceRecord record) {
      super(
          record.sourcePartition(),
          record.sourceOffset(),
          record.topic(),
          record.kafkaPartition(),
          record.keySchema(),
          record.key(),
          record.valueSchema(),
          record.value(),
          record.timestamp(),
          record.headers());
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  @Override
  public void stop() {}

  @Override
  public String version() {
    return "benchmark";
  }
}
