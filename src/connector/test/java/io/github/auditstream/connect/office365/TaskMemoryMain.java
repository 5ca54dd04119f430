package io.github.auditstream.connect.office365;

import io.github.auditstream.connect.office365.event.AuditEventRestorer;
import io.github.auditstream.connect.office365.model.ContentType;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Runs a task in a JVM with little memory until it has handed over as many receipts as it was
 * given, and prints what came. Like a worker, it writes out each record before it polls again.
 *
 * <p>Arguments: a properties file with the connector's configuration, and the number of receipts.
 */
final class TaskMemoryMain {
  private static final PrintWriter OUT = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  private final AuditEventRestorer writer = new AuditEventRestorer();
  private final Map<String, Long> counts = new TreeMap<>();

  private TaskMemoryMain() {}

  public static void main(String[] args) throws Exception {
    Properties file = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(args[0]))) {
      file.load(reader);
    }
    Map<String, String> props = new HashMap<>();
    file.stringPropertyNames().forEach(name -> props.put(name, file.getProperty(name)));
    new TaskMemoryMain().run(new TaskRig(props), Integer.parseInt(args[1]));
    // A thread that could not be stopped must not keep the test waiting.
    System.exit(0);
  }

  private void run(TaskRig rig, int receipts) throws Exception {
    Office365AuditSourceTask task = rig.reading(ContentType.values()).start();
    while (counts.getOrDefault("receipts", 0L) < receipts) {
      List<SourceRecord> records = task.poll();
      if (records != null) {
        records.forEach(this::write);
      }
    }
    task.stop();
    OUT.println("all has come: " + counts);
  }

  private void write(SourceRecord record) {
    Struct value = (Struct) record.value();
    if (value.schema().field("ContentBlob") != null) {
      count("events", 1);
      count("characters", writer.restore(value).length());
      return;
    }
    if (record.topic().endsWith(".deadletter")) {
      count("dead letters", value.getInt64("BytesOffset") == 0 ? 1 : 0);
      count("dead bytes", value.get("Bytes") instanceof ByteBuffer bytes ? bytes.remaining() : 0);
    } else if (record.topic().endsWith(".receipts")) {
      count("receipts", 1);
    }
  }

  private void count(String what, long more) {
    counts.merge(what, more, Long::sum);
  }
}
