package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventBytesTest {

  private static final String[] PARTS = {
    "\\\\",
    "\\\"",
    "\\n",
    "\\u0041",
    "\\u00e9",
    "\\u0100",
    "\\u4e00",
    "\\ud83d",
    "\\uDE00",
    "é",
    "u",
    "d800",
    "plain text"
  };

  private static int traits(String text) {
    byte[] bytes = ("é" + text + "é").getBytes(StandardCharsets.UTF_8);
    return EventBytes.traits(bytes, 2, bytes.length - 2);
  }

  @ParameterizedTest
  @CsvSource({
    "plain,0",
    "é,1",
    "\\u00e9,0",
    "\\u0100,2",
    "\\ud7ff,2",
    "\\ud800,6",
    "\\uDFFF,6",
    "\\\\ud800,0",
    "\\\\\\ud800,6",
    "\\ud8,0",
    "é\\ud800,7"
  })
  void describesWhatTheTextsContain(String text, int traits) {
    assertThat(traits(text)).isEqualTo(traits);
  }

  @Property(tries = 500)
  void agreesWithTheTextThatTheyMean(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder parts = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      parts.append(PARTS[random.nextInt(PARTS.length)]);
    }
    String json = parts.toString();
    String text = JsonQuote.unescape(json);

    int traits = traits(json);

    assertThat((traits & EventBytes.NON_ASCII) != 0).isEqualTo(json.contains("é"));
    assertThat((traits & EventBytes.WIDE_ESCAPE) != 0)
        .isEqualTo(text.chars().anyMatch(unit -> unit > 0xFF));
    assertThat((traits & EventBytes.SURROGATE_ESCAPE) != 0)
        .isEqualTo(text.chars().anyMatch(unit -> Character.isSurrogate((char) unit)));
  }

  @Property(tries = 500)
  void singleByteReaderMasksOnlySurrogates(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    StringBuilder parts = new StringBuilder("x");
    for (int i = random.nextInt(12); i > 0; i--) {
      parts.append(PARTS[random.nextInt(PARTS.length)]);
    }
    byte[] bytes = parts.toString().getBytes(StandardCharsets.UTF_8);

    StringBuilder read = new StringBuilder();
    try (SingleByteReader reader = new SingleByteReader(bytes, 1, bytes.length)) {
      char[] some = new char[8];
      int count;
      while ((count = reader.read(some, 2, 1 + random.nextInt(6))) >= 0) {
        read.append(some, 2, count);
      }
    }

    String latin1 = new String(bytes, 1, bytes.length - 1, StandardCharsets.ISO_8859_1);
    assertThat(read).hasSameSizeAs(latin1);
    String text = JsonQuote.unescape(read.toString());
    String expected = JsonQuote.unescape(latin1);
    assertThat(text).hasSameSizeAs(expected);
    for (int i = 0; i < text.length(); i++) {
      char due = expected.charAt(i);
      assertThat(text.charAt(i)).isEqualTo(Character.isSurrogate(due) ? (char) (due & 0xFFF) : due);
    }
  }

  @Test
  void ignoresEverythingAfterTheEnd() {
    byte[] bytes = "\\ud800".getBytes(StandardCharsets.UTF_8);
    assertThat(EventBytes.traits(bytes, 0, 5)).isZero();
  }
}
