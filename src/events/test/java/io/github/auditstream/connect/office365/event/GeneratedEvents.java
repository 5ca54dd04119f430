package io.github.auditstream.connect.office365.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** Events made from a schema: every field it has can occur, with values of its type. */
final class GeneratedEvents {

  private final Random random;

  GeneratedEvents(long seed) {
    this.random = new Random(seed);
  }

  /** An event with every field of the workload's schema. */
  String full(Workload workload) {
    return object(new EventSchemas().forWorkload(workload), workload, 1.0);
  }

  /** An event with some of the fields, and one that no schema has. */
  String some(Workload workload) {
    return object(new EventSchemas().forWorkload(workload), workload, 0.4);
  }

  private String object(Schema schema, Workload workload, double share) {
    List<String> members = new ArrayList<>();
    for (Field field : schema.fields()) {
      String name = field.name();
      if (name.equals("Workload") && schema.name().endsWith("." + workload.name())) {
        members.add("\"Workload\":\"" + workload.name() + "\"");
      } else if (!name.equals(EventSchemas.ADDITIONAL_PROPERTIES)
          && !name.equals(EventSchemas.CONTENT_BLOB)
          && random.nextDouble() < share) {
        members.add("\"" + name + "\": " + value(field.schema(), workload, share));
      }
    }
    if (share < 1.0) {
      members.add("\"NewProperty" + random.nextInt(100) + "\": {\"a\" : [1, 2.50]}");
    }
    Collections.shuffle(members, random);
    return "{" + String.join(",", members) + "}";
  }

  private String value(Schema schema, Workload workload, double share) {
    return switch (schema.type()) {
      case STRING -> "\"" + text() + "\"";
      case INT32 -> Integer.toString(random.nextInt());
      case INT64 -> Long.toString(random.nextLong());
      case BOOLEAN -> Boolean.toString(random.nextBoolean());
      case STRUCT -> object(schema, workload, share);
      case ARRAY -> {
        List<String> elements = new ArrayList<>();
        int size = share == 1.0 ? 2 : random.nextInt(4);
        for (int i = 0; i < size; i++) {
          elements.add(value(schema.valueSchema(), workload, share));
        }
        yield "[" + String.join(", ", elements) + "]";
      }
      default -> throw new AssertionError("no events have " + schema.type());
    };
  }

  private String text() {
    String[] texts = {
      "",
      "user@contoso.example",
      "2026-08-01T10:00:00",
      "C:\\\\Users\\\\x\\r\\n\\t\\\"quoted\\\"",
      "\\u00e9\\ud83d\\ude00\\u0000",
      "Grüße, 世界 😀",
      "<a href=\\\"x\\\">\\/</a>",
      "{\\\"json\\\":[1,2]}"
    };
    return texts[random.nextInt(texts.length)];
  }
}
