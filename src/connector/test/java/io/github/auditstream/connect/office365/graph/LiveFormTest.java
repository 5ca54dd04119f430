package io.github.auditstream.connect.office365.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveFormTest {
  private static String stripped(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new String(LiveForm.of(bytes, 0), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"@odata.type\":\"x\"} | {}",
        "{ \"@odata.type\" : \"x\" } | {}",
        "{\"@odata.type\":\"x\",\"a\":1} | {\"a\":1}",
        "{\"@odata.type\":\"x\" , \"a\" : 1 } | { \"a\" : 1 }",
        "{\"a\":1,\"a@odata.type\":\"#Int64\"} | {\"a\":1}",
        "{\"a\":1,\"a@odata.type\":\"#Int64\",\"@odata.x\":null,\"b\":2} | {\"a\":1,\"b\":2}",
        "{\"@odata.x\":1,\"@odata.y\":true,\"b\":2} | {\"b\":2}",
        "{\"@odata.x\":1,\"@odata.y\":-1.5e3} | {}",
        "{\"a\":{\"@odata.x\":1},\"@odata.y\":[1,{\"z\":\"]\"}],\"b\":2} | {\"a\":{},\"b\":2}",
        "{\"a\":[{\"@odata.x\":1,\"b\":1},{\"b\":2,\"@odata.x\":1},[],{}]} |"
            + " {\"a\":[{\"b\":1},{\"b\":2},[],{}]}",
        "{\"a\":{\"b\":1},\"@odata.x\":1} | {\"a\":{\"b\":1}}",
        "{\"a\":\"@odata.type\",\"b\":[\"@odata.x\",\"y\"]} |"
            + " {\"a\":\"@odata.type\",\"b\":[\"@odata.x\",\"y\"]}",
        "{\"\\u0040odata.type\":1,\"a\":2} | {\"a\":2}",
        "{\"a\\\"@odata.type\":1,\"a\":2} | {\"a\":2}",
        "{\"@odata\":1,\"odata.type\":2,\"@ODATA.type\":3} |"
            + " {\"@odata\":1,\"odata.type\":2,\"@ODATA.type\":3}",
        "{\"a\":1.0,\"b\":1E5,\"c\":\"\\u00e4\\/\",\"a\":-0} |"
            + " {\"a\":1.0,\"b\":1E5,\"c\":\"\\u00e4\\/\",\"a\":-0}",
      })
  void takesOutAnnotationsAndNothingElse(String json, String expected) {
    assertThat(stripped(json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"CreationTime\":\"2026-05-04T08:28:17Z\"} | {\"CreationTime\":\"2026-05-04T08:28:17\"}",
        "{ \"CreationTime\" : \"2026-05-04T08:28:17.1230Z\" , \"a\":1} |"
            + " { \"CreationTime\" : \"2026-05-04T08:28:17.1230\" , \"a\":1}",
        "{\"@odata.x\":1,\"CreationTime\":\"tZ\",\"@odata.y\":2} | {\"CreationTime\":\"t\"}",
        "{\"CreationTime\":\"tZ\",\"CreationTime\":\"uZ\"} |"
            + " {\"CreationTime\":\"t\",\"CreationTime\":\"u\"}",
        "{\"CreationTime\":\"ZZ\",\"b\":[1]} | {\"CreationTime\":\"Z\",\"b\":[1]}",
        "{\"CreationTime\":\"Z\"} | {\"CreationTime\":\"\"}",
        "{\"\\u0043reationTime\":\"t\\u005a\"} | {\"\\u0043reationTime\":\"t\"}",
        "{\"CreationTime\":\"\\u0074\\u005A\"} | {\"CreationTime\":\"\\u0074\"}",
      })
  void takesTheZFromCreationTime(String json, String expected) {
    assertThat(stripped(json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"CreationTime\":\"2026-05-04T08:28:17\"}",
        "{\"CreationTime\":\"2026-05-04T08:28:17+00:00\"}",
        "{\"CreationTime\":\"\"}",
        "{\"CreationTime\":\"z\"}",
        "{\"CreationTime\":\"t\\\\u005a\"}",
        "{\"CreationTime\":\"t\\u005b\"}",
        "{\"CreationTime\":\"t\\n\"}",
        "{\"CreationTime\":null}",
        "{\"CreationTime\":17}",
        "{\"CreationTime\":[\"tZ\"]}",
        "{\"CreationTime\":{\"CreationTime\":\"tZ\"}}",
        "{\"a\":[{\"CreationTime\":\"tZ\"}]}",
        "{\"creationTime\":\"tZ\",\"CreationTimes\":\"tZ\",\"a\":\"CreationTime\",\"b\":\"Z\"}",
      })
  void leavesWhatIsNoSuchZ(String json) {
    assertThat(stripped(json)).isEqualTo(json);
  }

  @Test
  void endsWhereTheEventEnds() {
    byte[] bytes =
        "{\"auditData\":{\"CreationTime\":\"tZ\"},\"x\":1}".getBytes(StandardCharsets.UTF_8);

    assertThat(LiveForm.of(bytes, 13)).asString().isEqualTo("{\"CreationTime\":\"t\"}");
  }

  @Test
  void findsThemAtAnyDepth() {
    int depth = 900;
    String deep = "{\"@odata.type\":\"x\",\"a\":".repeat(depth) + "1" + "}".repeat(depth);

    assertThat(stripped(deep)).isEqualTo("{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
  }
}
