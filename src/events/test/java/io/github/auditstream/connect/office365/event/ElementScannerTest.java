package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.HostileEvents;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
        assertThat(scan(value + behind).end()).as(value).isEqualTo(value.length());
      }
    }
  }

  @Test
  void wantsMoreWhereAValueGoesOn() {
    for (String part : new String[] {"{", "[1,", "{\"a", "{\"a\\", "12", "\"x", "{\"a\":{}"}) {
      assertThat(scan(part).end()).as(part).isNegative();
    }
  }

  @Test
  void notesWhatMakesReadingDearer() {
    Scan plain = scan("{\"a\":\"b\\n\"}");
    assertThat(plain.scanner().nonAscii()).isFalse();
    assertThat(plain.scanner().unicodeEscapes()).isFalse();
    assertThat(plain.scanner().controlCharacters()).isFalse();
    assertThat(plain.scanner().escapedTopLevelName()).isFalse();

    assertThat(scan("{\"a\":\"é\"}").scanner().nonAscii()).isTrue();
    assertThat(scan("{\"a\":é}").scanner().nonAscii()).isTrue();
    assertThat(scan("{\"a\":\"0123456\\u0041\"}").scanner().unicodeEscapes()).isTrue();
    assertThat(scan("{\"a\":\"\\\\u0041\"}").scanner().unicodeEscapes()).isFalse();
    assertThat(scan("{\"a\":\"x\ty\"}").scanner().controlCharacters()).isTrue();
    assertThat(scan("{\"a\":\u0000}").scanner().controlCharacters()).isTrue();
    assertThat(scan("{\t\"a\"\r\n: 1}").scanner().controlCharacters()).isFalse();
    assertThat(scan("{\"\\n\":1}").scanner().escapedTopLevelName()).isTrue();
    assertThat(scan("{\"a\":{\"\\n\":1}}").scanner().escapedTopLevelName()).isFalse();
  }

  @Property(tries = 300)
  void notesTheSameWhereverTheBytesAreCut(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int piece) {
    Workload workload = Workloads.all().get(Math.floorMod(seed, Workloads.all().size()));
    byte[] json =
        new HostileEvents(seed)
            .event(workload.name(), new EventSchemas().forWorkload(workload))
            .getBytes(StandardCharsets.UTF_8);
    ElementScanner whole = new ElementScanner();
    whole.start(json[0]);
    assertThat(whole.scan(json, 0, 0, json.length)).isEqualTo(json.length);

    ElementScanner pieces = new ElementScanner();
    pieces.start(json[0]);
    int at = 0;
    int end = -1;
    while (end < 0) {
      int to = Math.min(at + piece, json.length);
      end = pieces.scan(json, 0, at, to);
      at = to;
    }

    assertThat(end).isEqualTo(json.length);
    assertThat(pieces.nonAscii()).isEqualTo(whole.nonAscii());
    assertThat(pieces.unicodeEscapes()).isEqualTo(whole.unicodeEscapes());
    assertThat(pieces.escapedTopLevelName()).isEqualTo(whole.escapedTopLevelName());
    assertThat(pieces.workloadStart()).isEqualTo(whole.workloadStart());
    assertThat(pieces.workloadEnd()).isEqualTo(whole.workloadEnd());
    assertThat(pieces.notedStringCount()).isEqualTo(whole.notedStringCount());
    assertThat(pieces.notedStrings()).startsWith(noted(whole));
  }

  @Test
  void notesWhereStringsEndAndWhichHaveBackslashes() {
    ElementScanner scanner = scan("{\"a\":\"b\\n\",\"\":[\"c\"]}").scanner();

    assertThat(noted(scanner)).containsExactly(2 * 3, 2 * 9 + 1, 2 * 12, 2 * 17);
  }

  private static int[] noted(ElementScanner scanner) {
    return Arrays.copyOf(scanner.notedStrings(), scanner.notedStringCount());
  }

  private record Scan(ElementScanner scanner, int end) {}

  private static Scan scan(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    ElementScanner scanner = new ElementScanner();
    scanner.start(bytes[0]);
    return new Scan(scanner, scanner.scan(bytes, 0, 0, bytes.length));
  }
}
