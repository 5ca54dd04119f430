package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.HostileEvents;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ElementScannerTest {

  @Test
  void findsTheEndOfEveryKindOfValue() {
    for (String value :
        new String[] {
          "{}",
          "[]",
          "{\"a\":\"}\"}",
          "[[],{\"b\":[\"]\"]}]",
          "\"a\\\"b\"",
          "\"\\\\\"",
          "12",
          "true",
          "{\"a\":\"\\\\\"}",
          "{\"long\":\"0123456789012345678901234567890\\\"]}\"}"
        }) {
      for (String behind : new String[] {",", "]", " ,"}) {
        assertThat(scan(value + behind)).as(value).isEqualTo(value.length());
      }
    }
  }

  @Test
  void asksForMoreWhereAValueContinues() {
    for (String part : new String[] {"{", "[1,", "{\"a", "{\"a\\", "12", "\"x", "{\"a\":{}"}) {
      assertThat(scan(part)).as(part).isNegative();
    }
  }

  @Property(tries = 300)
  void findsTheSameEndWhereverTheBytesAreCut(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int piece) {
    Workload workload = Workloads.all().get(Math.floorMod(seed, Workloads.all().size()));
    byte[] json =
        new HostileEvents(seed)
            .event(workload.name(), new EventSchemas().forWorkload(workload))
            .getBytes(StandardCharsets.UTF_8);
    ElementScanner pieces = new ElementScanner();
    pieces.start(json[0]);
    int at = 0;
    int end = -1;
    while (end < 0) {
      int to = Math.min(at + piece, json.length);
      end = pieces.scan(json, at, to);
      at = to;
    }

    assertThat(end).isEqualTo(json.length);
  }

  private static int scan(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    ElementScanner scanner = new ElementScanner();
    scanner.start(bytes[0]);
    return scanner.scan(bytes, 0, bytes.length);
  }
}
