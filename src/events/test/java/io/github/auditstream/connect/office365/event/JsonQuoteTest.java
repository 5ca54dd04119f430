package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonQuoteTest {

  @Property(tries = 1000)
  void givesBackEveryText(@ForAll @Size(max = 12) char[] units) {
    String text = new String(units);
    StringBuilder json = new StringBuilder();

    JsonQuote.append(json, text);

    assertThat(json.charAt(0)).isEqualTo('"');
    assertThat(JsonQuote.unescape(json.substring(1, json.length() - 1))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `a\\/b\\"c\\\\` | `a/b"c\\`
          `\\u0041\\u00e9\\uABCDx` | `Aé\uABCDx`
          `\\\\u0041` | `\\u0041`
          """)
  void readsEscapes(String inside, String text) {
    assertThat(JsonQuote.unescape(inside)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\b\\f\\n\\r\\t"})
  void readsControlCharacters(String inside) {
    assertThat(JsonQuote.unescape(inside)).isEqualTo("\b\f\n\r\t");
  }

  /** The parser refuses them a token later. */
  @ParameterizedTest
  @ValueSource(strings = {"\\", "a\\", "\\u", "\\u12", "\\u12G4", "\\x"})
  void readsEscapesThatJsonDoesNotHave(String inside) {
    assertThat(JsonQuote.unescape(inside)).hasSizeLessThanOrEqualTo(inside.length());
  }
}
