package io.github.auditstream.connect.office365;

import io.github.auditstream.connect.office365.model.Version;
import io.github.auditstream.connect.office365.records.SentRecord;
import io.github.auditstream.connect.office365.wiring.Environment;
import io.github.auditstream.connect.office365.wiring.RunningHistory;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/**
 * The history's task as Connect sees it. All calls but {@link #commitRecord} come on the task's
 * thread; everything that takes time happens on the running task's own threads, so that {@link
 * #poll()} returns at once.
 */
public final class Office365AuditHistoryTask extends SourceTask {
  private @Nullable RunningHistory running;

  /** For Connect, which makes tasks without arguments. */
  public Office365AuditHistoryTask() {}

  @Override
  public String version() {
    return Version.version();
  }

  @Override
  public void start(Map<String, String> props) {
    running = RunningHistory.start(props, context, Environment.of(Clock.systemUTC()));
  }

  @Override
  public @Nullable List<SourceRecord> poll() throws InterruptedException {
    RunningHistory task = running;
    if (task == null) {
      return null;
    }
    List<SourceRecord> records = task.poll();
    return records.isEmpty() ? null : records;
  }

  /** Comes from the producer's thread, too, and after {@link #stop()}. */
  @Override
  public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
    SentRecord.confirmed(record, metadata != null);
  }

  @Override
  public void stop() {
    RunningHistory task = running;
    running = null;
    if (task != null) {
      task.close();
    }
  }
}
