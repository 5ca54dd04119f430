package io.github.auditstream.connect.office365.simulator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What makes real events differ from their documentation. Every result is valid JSON. */
final class Irregularities {
  private static final Set<String> LEFT_ALONE = Set.of("Id", "CreationTime", "OrganizationId");

  private Irregularities() {}

  static void add(Map<String, Object> event, SplittableRandom random) {
    switch (random.nextInt(10)) {
      case 0 -> event.put("BrandNewProperty", "nobody documented this");
      case 1 -> event.put("Undocumented", nested());
      case 2 -> setNull(event, someName(event, random));
      case 3 -> event.put("RecordType", String.valueOf(event.get("RecordType")));
      case 4 ->
          event.put(someName(event, random), List.of(Map.of("Name", "n", "Value", 1), "text"));
      case 5 -> event.put("Data State", "a name with a space");
      case 6 -> {
        event.put("EventName", "two names that differ");
        event.put("eventName", "in case only");
      }
      case 7 -> {
        event.put("Big", new BigInteger("123456789012345678901234567890"));
        event.put("Precise", new BigDecimal("1.10"));
        event.put("Exponent", new BigDecimal("6.02214076E+23"));
      }
      case 8 ->
          event.put("Text", "quote \" backslash \\ tab \t line \r\n nul \u0000 \uD83D\uDE80 end");
      default -> event.remove("Workload");
    }
  }

  private static Map<String, @Nullable Object> nested() {
    Map<String, @Nullable Object> empty = new LinkedHashMap<>();
    empty.put("", null);
    empty.put("list", List.of(List.of(), Map.of(), 1, 2.5, true, "x"));
    Map<String, @Nullable Object> outer = new LinkedHashMap<>();
    outer.put("a.b", empty);
    outer.put("$type", "#Microsoft.Surprise");
    return outer;
  }

  private static void setNull(Map<String, @Nullable Object> event, String name) {
    event.put(name, null);
  }

  private static String someName(Map<String, Object> event, SplittableRandom random) {
    List<String> names = new ArrayList<>(event.keySet());
    names.removeAll(LEFT_ALONE);
    return names.get(random.nextInt(names.size()));
  }
}
