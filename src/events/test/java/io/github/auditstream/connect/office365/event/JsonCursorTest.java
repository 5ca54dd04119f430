package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {

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
  void takesSoundJson(String json) {
    assertThatCode(() -> skip(json)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}x",
        "{}{}",
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
        "{\"a\":1}//"
      })
  void refusesWhatIsNotJson(String json) {
    assertThatThrownBy(() -> skip(json))
        .isInstanceOf(UnmappableEventException.class)
        .hasMessageContaining("at byte");
  }

  /** The same event with one byte changed is taken by both parsers or by none. */
  @Property(tries = 3000)
  void agreesWithJackson(@ForAll long seed) {
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

    boolean sound = isSoundForJackson(text);

    if (sound) {
      assertThatCode(() -> Blobs.map(text)).as(text).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> Blobs.map(text))
          .as(text)
          .isInstanceOf(UnmappableEventException.class);
    }
  }

  @Test
  void needsNoStackForDepth() {
    int levels = 1_000_000;
    String deep =
        "{\"a\":".repeat(levels) + "[".repeat(levels) + "]".repeat(levels) + "}".repeat(levels);
    assertThatCode(() -> skip(deep)).doesNotThrowAnyException();
    String wrong = "[".repeat(levels) + "]".repeat(levels - 1) + "}";
    assertThatThrownBy(() -> skip("{\"a\":" + wrong + "}"))
        .isInstanceOf(UnmappableEventException.class);
  }

  @Property(tries = 500)
  void readsTextAsJacksonDoes(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    String[] parts = {
      "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\u00e9", "\\u20ac", "a", "01234567", "<b>"
    };
    // Without the last ones the text is all ASCII.
    String[] wider = {"é", "世", "😀"};
    boolean ascii = random.nextBoolean();
    StringBuilder string = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      boolean wide = !ascii && random.nextInt(5) == 0;
      string.append(wide ? wider[random.nextInt(3)] : parts[random.nextInt(parts.length)]);
    }
    // More strings than the scanner notes, so that the cursor looks for some itself.
    int repetitions = 1 + random.nextInt(300);
    String member = "\"name\":\"" + string + "\"";
    String json = "{" + String.join(",", Collections.nCopies(repetitions, member)) + "}";

    JsonCursor cursor = cursor(json);
    cursor.enter();
    try (JsonParser parser = new JsonFactory().createParser("\"" + string + "\"")) {
      parser.nextToken();
      String expected = parser.getText();
      for (int i = 0; i < repetitions; i++) {
        assertThat(cursor.nextProperty(i == 0)).isTrue();
        assertThat(cursor.propertyName()).isEqualTo("name");
        int start = cursor.position();
        assertThat(cursor.text()).isEqualTo(expected);
        cursor.rewind(start);
        assertThat(cursor.text()).isEqualTo(expected);
      }
    }
    assertThat(cursor.nextProperty(false)).isFalse();
  }

  private static void skip(String json) throws UnmappableEventException {
    JsonCursor cursor = cursor(json.strip());
    cursor.skip();
    cursor.expectEnd();
  }

  private static JsonCursor cursor(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    ElementScanner scanned = new ElementScanner();
    scanned.start(bytes.length == 0 ? 0 : bytes[0]);
    scanned.scan(bytes, 0, 0, bytes.length);
    JsonCursor cursor = new JsonCursor();
    cursor.reset(bytes, 0, bytes.length, scanned, Long.MAX_VALUE);
    return cursor;
  }

  private static boolean isSoundForJackson(String json) {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
