package io.github.auditstream.connect.office365.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** Events that are sound JSON and otherwise as unlike the documentation as can be. */
public final class HostileEvents {

  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-1",
    "1.0",
    "1e3",
    "1E+3",
    "-1.5e-3",
    "0.1",
    "0.10",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "99999999999999999999",
    "1e400",
    "-1e-400",
    "3.141592653589793238462643383279",
    "100",
    "1e0"
  };

  private static final String[] TEXTS = {
    "",
    "plain",
    "Exchange",
    "null",
    "\\\"\\\\\\/\\b\\f\\n\\r\\t",
    "\\u0000\\u001f\\u007f",
    "\\ud800",
    "\\udc00\\ud800",
    "a\\ud83d",
    "\\ud83d\\ude00",
    "\\uD83D\\uDE00 \\uDE00",
    "Straße",
    "日本語",
    "😀 é \u2028",
    "\uFEFF\uFFFF",
    "{\\\"a\\\":1}"
  };

  private static final String[] NAMES = {
    "",
    " ",
    "Data State",
    "1st",
    "ünïcode",
    "名前",
    "😀",
    "#",
    "#1:Id",
    "#2:Id",
    "#x:y",
    "#1:",
    "\\ud800",
    "#\\udc00\\\\u",
    "\\u0049d",
    "Work\\u006coad",
    "ContentBlob",
    "AdditionalProperties",
    "eventName",
    "EventName",
    "a.b$c",
    "\\\"\\\\\\n",
    "__proto__",
    "id",
    "ID"
  };

  private final Random random;

  public HostileEvents(long seed) {
    this.random = new Random(seed);
  }

  /** An event for the workload's route, of any shape. */
  public String event(Workload workload) {
    Schema schema = new EventSchemas().forWorkload(workload);
    List<String> members = new ArrayList<>();
    if (random.nextInt(10) > 0) {
      members.add(member("Workload", "\"" + workload.name() + "\""));
    }
    members.addAll(members(schema, 3));
    if (random.nextInt(20) == 0) {
      members.add(member(name(), "[".repeat(3000) + "]".repeat(3000)));
    }
    if (random.nextInt(20) == 0) {
      members.add(member("Parameters", "\"" + "long é\\n".repeat(5000) + "\""));
    }
    if (random.nextInt(20) == 0) {
      members.add(member("RecordType", "7".repeat(5000)));
    }
    if (random.nextInt(20) == 0) {
      members.add(member("n".repeat(60_000), "1"));
    }
    Collections.shuffle(members, random);
    return "{" + String.join(space() + "," + space(), members) + space() + "}";
  }

  /** An object with one schema's names, of which some are repeated. */
  private List<String> members(Schema schema, int depth) {
    List<String> members = new ArrayList<>();
    for (Field field : schema.fields()) {
      int times = random.nextInt(10);
      for (int i = 7; i <= times; i++) {
        members.add(member(field.name(), value(field.schema(), depth)));
      }
    }
    int strange = random.nextInt(4);
    for (int i = 0; i < strange; i++) {
      members.add(member(name(), anything(depth)));
    }
    Collections.shuffle(members, random);
    return members;
  }

  private String value(Schema schema, int depth) {
    if (random.nextInt(3) == 0) {
      return anything(depth);
    }
    return switch (schema.type()) {
      case STRING -> text();
      case INT32, INT64, FLOAT64 -> number();
      case BOOLEAN -> Boolean.toString(random.nextBoolean());
      case STRUCT -> object(schema, depth);
      case ARRAY -> array(schema.valueSchema(), depth);
      default -> anything(depth);
    };
  }

  private String object(Schema schema, int depth) {
    return depth == 0 ? "{}" : "{" + String.join(",", members(schema, depth - 1)) + "}";
  }

  private String array(Schema elements, int depth) {
    List<String> values = new ArrayList<>();
    int size = depth == 0 ? 0 : random.nextInt(4);
    for (int i = 0; i < size; i++) {
      values.add(
          elements.type() == Schema.Type.STRUCT && random.nextInt(6) > 0
              ? object(elements, depth)
              : value(elements, depth - 1));
    }
    return "[" + space() + String.join("," + space(), values) + "]";
  }

  private String anything(int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 8)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> "false";
      case 3 -> number();
      case 4 -> text();
      case 5 -> "[" + anything(depth - 1) + space() + "," + anything(depth - 1) + "]";
      case 6 -> "{" + member(name(), anything(depth - 1)) + "}";
      default -> "{" + member("Name", text()) + "," + member("Name", anything(depth - 1)) + "}";
    };
  }

  private String member(String name, String value) {
    return "\"" + name + "\"" + space() + ":" + space() + value;
  }

  private String number() {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private String text() {
    return "\"" + TEXTS[random.nextInt(TEXTS.length)] + "\"";
  }

  private String name() {
    return NAMES[random.nextInt(NAMES.length)];
  }

  private String space() {
    return switch (random.nextInt(12)) {
      case 0 -> " ";
      case 1 -> "\r\n\t ";
      default -> "";
    };
  }
}
