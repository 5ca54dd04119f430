package io.github.auditstream.connect.office365.it.sinks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.data.Values;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** Writes records to a file. Each task has a file of its own, so that no two mix up their lines. */
public final class StandInTask extends SinkTask {
  private final ObjectMapper mapper = new ObjectMapper();
  private Path file = Path.of("");

  @Override
  public void start(Map<String, String> props) {
    file = Path.of(props.get(StandInSink.FILE) + "." + System.identityHashCode(this));
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    StringBuilder lines = new StringBuilder();
    for (SinkRecord record : records) {
      lines.append(line(record)).append('\n');
    }
    try {
      Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new ConnectException(e);
    }
  }

  private ObjectNode line(SinkRecord record) {
    ObjectNode line = mapper.createObjectNode();
    line.put("topic", record.topic());
    line.put("partition", record.kafkaPartition());
    line.put("offset", record.kafkaOffset());
    line.put("timestamp", record.timestamp());
    ObjectNode headers = line.putObject("headers");
    for (Header header : record.headers()) {
      headers.put(header.key(), header.value().toString());
    }
    line.set("value", json(record.valueSchema(), record.value()));
    return line;
  }

  /** As Connect's JSON converter writes it: a time in milliseconds. */
  private JsonNode json(Schema schema, Object value) {
    if (value instanceof Struct struct) {
      ObjectNode object = mapper.createObjectNode();
      for (Field field : struct.schema().fields()) {
        object.set(field.name(), json(field.schema(), struct.get(field)));
      }
      return object;
    }
    boolean time = Timestamp.LOGICAL_NAME.equals(schema.name());
    return mapper.valueToTree(time ? Values.convertToLong(schema, value) : value);
  }

  @Override
  public void stop() {}

  @Override
  public String version() {
    return "1.0.0";
  }
}
