package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.fixtures.HostileEvents;
import io.github.auditstream.connect.office365.fixtures.JsonFingerprint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways of reading an event, whatever release of Jackson the worker brings. */
class EventReaderTest {

  private final EventReader reader = Blobs.MAPPER.reader(Blobs.GENERAL);
  private final AuditEventRestorer restorer = new AuditEventRestorer();

  private @Nullable AuditEvent quickly(String json) throws LargeEventException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return reader.readQuickly(bytes, 0, bytes.length, 0, Long.MAX_VALUE);
  }

  private AuditEvent exactly(String json) throws UnmappableEventException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return reader.readExactly(bytes, 0, bytes.length, 0, Long.MAX_VALUE);
  }

  private static Map<String, String> additional(AuditEvent event) {
    return event.value().getMap(EventSchemas.ADDITIONAL_PROPERTIES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " { } ",
        "{\"a\":0}",
        "{\"a\":-0.0e+00}",
        "{\"a\":1E5,\"b\":[]}",
        "{\"a\" : [ 1 , [ ] , { } , { \"b\" : null } ] , \"c\" : true }",
        "{\"\\u0061\\n\\/\":\"\\uABCD\\uabcd\"}"
      })
  void takesValidJson(String json) throws Exception {
    assertThat(quickly(json.strip())).isNotNull();
    assertThatCode(() -> exactly(json.strip())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,\"a\":1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1;\"b\":2}",
        "{\"a\"=1}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":-}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":1e}",
        "{\"a\":1e+}",
        "{\"a\":0x10}",
        "{\"a\":1a}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":tru}",
        "{\"a\":true1}",
        "{\"a\":nulls}",
        "{\"a\":TRUE}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12G4\"}",
        "{\"a\":\"\\U1234\"}",
        "{\"a\":[1,]}",
        "{\"a\":[,1]}",
        "{\"a\":[1 2]}",
        "{\"a\":[1}}",
        "{\"a\":{\"b\":1]}",
        "{\"a\":[}",
        "{\"a\":1/*x*/}",
        "{\"a\":1//}",
        "{\u0000}"
      })
  void refusesWhatIsNotJson(String json) throws Exception {
    assertThat(quickly(json)).isNull();
    assertThatThrownBy(() -> exactly(json))
        .isInstanceOf(UnmappableEventException.class)
        .hasMessageContaining("near byte");
  }

  /** The same event with one byte changed is taken by both parsers or by none. */
  @Property(tries = 3000)
  void agreesWithAnotherParser(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<Workload> workloads = Workloads.all();
    byte[] json =
        new GeneratedEvents(seed)
            .some(workloads.get(random.nextInt(workloads.size())))
            .getBytes(StandardCharsets.UTF_8);
    String characters = "{}[]\",:\\0123456789-+.eEtrufalsn \tx/u";
    int changes = 1 + random.nextInt(2);
    for (int i = 0; i < changes; i++) {
      int at = 1 + random.nextInt(json.length - 1);
      if (json[at] > 0) {
        json[at] = (byte) characters.charAt(random.nextInt(characters.length()));
      }
    }
    String text = new String(json, StandardCharsets.UTF_8);

    if (isValidForAnotherParser(text)) {
      assertThatCode(() -> Blobs.map(text)).as(text).doesNotThrowAnyException();
      assertThatCode(() -> exactly(text)).as(text).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> Blobs.map(text))
          .as(text)
          .isInstanceOf(UnmappableEventException.class);
      assertThatThrownBy(() -> exactly(text)).as(text).isInstanceOf(UnmappableEventException.class);
    }
  }

  private static boolean isValidForAnotherParser(String json) {
    try {
      JsonFingerprint.of(json);
      return true;
    } catch (AssertionError | RuntimeException e) {
      return false;
    }
  }

  @Property(tries = 1000)
  void readsExactlyWhatItReadsQuickly(@ForAll long seed) throws Exception {
    List<Workload> workloads = Workloads.all();
    Workload workload = workloads.get(Math.floorMod(seed, workloads.size()));
    String json =
        new HostileEvents(seed).event(workload.name(), new EventSchemas().forWorkload(workload));

    AuditEvent exact = exactly(json);
    AuditEvent quick = quickly(json);

    exact.value().validate();
    JsonFingerprint.assertSame(restorer.restore(exact.value()), json);
    assertThat(exact.jsonBytes()).isEqualTo(json.getBytes(StandardCharsets.UTF_8).length);
    if (quick != null) {
      assertThat(quick.value()).isEqualTo(exact.value());
      assertThat(quick.workload()).isEqualTo(exact.workload());
      assertThat(quick.jsonBytes()).isEqualTo(exact.jsonBytes());
      // What may have two bytes for each character is taken for that.
      assertThat(quick.heapBytes()).isBetween(exact.heapBytes(), 2 * exact.heapBytes());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `"\\ud83d\\ude00":1`      | 😀                 | 1
          `"a\\ud83d\\ude00b":1`    | a😀b               | 1
          `"\\uDE00":1`            | #1:\\ude00          | 1
          `"\\\\ud800":1`          | \\ud800             | 1
          `"\\\\\\ud800":1`        | #1:\\\\\\ud800      | 1
          `"x":"\\ud83d\\ude00"`    | x                  | `"\\ud83d\\ude00"`
          `"é\\udc00":["\\uD800"]`  | #1:é\\udc00         | `["\\uD800"]`
          """)
  void takesSurrogatesThatAreEscaped(String property, String key, String text) throws Exception {
    String json = "{" + property + ",\"UserId\":\"a\\ud83d\\ude00\\n\"}";

    assertThat(additional(exactly(json))).isEqualTo(Map.of(key, text));
    assertThat(exactly(json).value().getString("UserId")).isEqualTo("a😀\n");
    assertThat(Blobs.map(json)).isEqualTo(exactly(json));
  }

  @Test
  void takesNamesOfAnyNumberAndLength() throws Exception {
    String json =
        IntStream.range(0, 50_000)
            .mapToObj(each -> "\"n" + each + "\":" + each)
            .collect(Collectors.joining(",", "{", ",\"" + "é".repeat(5_000) + "\":1}"));

    Map<String, String> properties = additional(Blobs.map(json));

    assertThat(properties).hasSize(50_001).containsEntry("n49999", "49999");
    assertThat(properties).containsEntry("é".repeat(5_000), "1");
  }

  private static String nested(int levels) {
    return "{\"deep\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
  }

  @Test
  void acceptsAThousandLevelsAndNoMore() throws Exception {
    String most = nested(1_000);
    String objects = "{\"a\":".repeat(999) + "{}" + "}".repeat(999);

    assertThat(Blobs.map(most)).isEqualTo(exactly(most));
    assertThat(Blobs.map(objects)).isEqualTo(exactly(objects));
    for (String deeper : List.of(nested(1_001), nested(100_000), "{\"a\":" + objects + "}")) {
      assertThatThrownBy(() -> Blobs.map(deeper))
          .isInstanceOf(UnmappableEventException.class)
          .hasMessage("is nested deeper than 1000 levels");
    }
  }

  @Test
  void keepsTheBytesOfWhatIsNestedDeeper() throws Exception {
    String deeper = nested(1_001);

    List<BlobElement> elements = Blobs.read("[{\"Id\":\"1\"}," + deeper + ",{\"Id\":\"3\"}]");

    assertThat(elements).hasSize(3);
    assertThat(elements.get(1))
        .isInstanceOfSatisfying(
            BlobElement.Refused.class,
            refused -> {
              assertThat(refused.json()).asString(StandardCharsets.UTF_8).isEqualTo(deeper);
              assertThat(refused.reason()).contains("1000 levels");
            });
    assertThat(elements.get(2)).isInstanceOf(BlobElement.Event.class);
  }

  @Test
  void changesTheRouteWithTheWorkload() throws Exception {
    List<BlobElement> elements =
        Blobs.read(
            "[{\"Id\":\"1\",\"Workload\":\"Exchange\",\"Item\":{}},{\"Id\":\"2\",\"Item\":{}},"
                + "{\"Item\":{},\"Workload\":\"OneDrive\",\"Id\":\"3\"},"
                + "{\"Item\":{},\"Workload\":\"Exchange\",\"Id\":\"4\"}]");

    assertThat(elements)
        .extracting(element -> ((BlobElement.Event) element).event())
        .extracting(
            event ->
                event.workload().name()
                    + event.id().orElseThrow()
                    + event.value().getMap(EventSchemas.ADDITIONAL_PROPERTIES))
        .containsExactly(
            "Exchange1null", "General2{Item={}}", "OneDrive3{Item={}}", "Exchange4null");
  }
}
