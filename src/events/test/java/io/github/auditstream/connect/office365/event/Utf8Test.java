package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Utf8Test {

  @Property(tries = 3000)
  void agreesWithTheJdksDecoder(@ForAll @Size(max = 6) byte[] bytes) {
    assertThat(Utf8.isValid(bytes, 0, bytes.length)).isEqualTo(decodes(bytes));
  }

  @Test
  void agreesWithTheJdksDecoderOnEveryTwoBytesBehindALeadingOne() {
    for (int lead : new int[] {0x41, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF}) {
      for (int second = 0; second < 256; second++) {
        for (int rest : new int[] {0x7F, 0x80, 0xBF, 0xC0}) {
          byte[] bytes = {(byte) lead, (byte) second, (byte) rest, (byte) rest};
          for (int length = 1; length <= bytes.length; length++) {
            byte[] part = java.util.Arrays.copyOf(bytes, length);
            assertThat(Utf8.isValid(part, 0, length)).isEqualTo(decodes(part));
          }
        }
      }
    }
  }

  @Test
  void readsOnlyTheGivenBytes() {
    byte[] bytes = {(byte) 0xFF, 'a', (byte) 0xC3, (byte) 0xA9, (byte) 0xFF};
    assertThat(Utf8.isValid(bytes, 1, 3)).isTrue();
    assertThat(Utf8.isValid(bytes, 1, 2)).isFalse();
  }

  @Property(tries = 500)
  void findsLoneSurrogatesWhereUtf8WouldLoseThem(@ForAll @Size(max = 5) char[] units) {
    String text = new String(units);
    assertThat(Utf8.hasLoneSurrogate(text))
        .isNotEqualTo(StandardCharsets.UTF_8.newEncoder().canEncode(text));
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
