package io.github.auditstream.connect.office365.dedupe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as converters write them; {@code RecordKeysIT} asks the converters themselves. */
class RecordKeysTest {
  private static final String GUID = "5f0c7b1e-3b52-4f0a-9a44-08dd08f3c2a1";

  private final RecordKeys keys = new RecordKeys();

  private void isText(byte[] key, String text) {
    assertThat(keys.text(key)).contains(text);
  }

  private void isUnreadable(byte @Nullable [] key) {
    long before = keys.counts().unreadable();
    assertThat(keys.text(key)).isEmpty();
    assertThat(keys.counts().unreadable()).isEqualTo(before + 1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  /** Bytes in hexadecimal digits, then a text. */
  private static byte[] bytes(String hex, String text) {
    return (new String(HexFormat.of().parseHex(hex), ISO_8859_1) + text).getBytes(ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GUID,
        "e1",
        "123",
        "true",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "20261120091204371008312$20261120091204371008312$audit_sharepoint$Audit_SharePoint$na0030",
        "{5f0c7b1e-3b52-4f0a-9a44-08dd08f3c2a1}",
        "\"begins only",
        "\"two\" \"texts\"",
        "nothing",
        "null and void",
        "[1]",
        "Hello",
        "\u00fcber"
      })
  void aTextIsItself(String text) {
    isText(utf8(text), text);

    assertThat(keys.counts()).isEqualTo(new KeyCounts(1, 0, 0, 0, 0));
  }

  @Test
  void aTextInJsonIsWithoutQuotesAndEscapes() {
    isText(utf8("\"" + GUID + "\""), GUID);
    isText(utf8("\"a\\\"b\\\\c\\u0041\""), "a\"b\\cA");
    isText(
        utf8("{\"schema\":{\"type\":\"string\",\"optional\":true},\"payload\":\"" + GUID + "\"}"),
        GUID);
    isText(utf8("{\"payload\":\"e1\",\"schema\":null}"), "e1");

    assertThat(keys.counts()).isEqualTo(new KeyCounts(0, 4, 0, 0, 0));
  }

  @Test
  void noKeyIsNone() {
    assertThat(keys.text(null)).isEmpty();
    assertThat(keys.text(new byte[0])).isEmpty();
    assertThat(keys.text(utf8("null"))).isEmpty();
    assertThat(keys.text(utf8("{\"schema\":{\"type\":\"string\"},\"payload\":null}"))).isEmpty();

    assertThat(keys.counts()).isEqualTo(new KeyCounts(0, 0, 0, 4, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {GUID, "e1", "0123456789abcdef"})
  void aTextInAvroIsFoundInEveryFraming(String text) {
    String length = "%02x".formatted(2 * text.length());
    for (String frame : new String[] {"", "0000000001", "00ffffffff", "000000000000000007"}) {
      isText(bytes(frame + "02" + length, text), text);
    }
    isText(bytes("000000000100" + length, text), text);
    isText(bytes("0000000001" + length, text), text);
    isText(bytes("000000000000000007" + length, text), text);

    assertThat(keys.counts()).isEqualTo(new KeyCounts(0, 0, 7, 0, 0));
  }

  /** The length of a GUID is the letter H; without framing it looks like a part of the text. */
  @Test
  void theLengthOfAGuidIsNoPartOfIt() {
    isText(utf8("H" + GUID), GUID);
    isText(utf8("H" + GUID.toUpperCase(Locale.ROOT)), GUID.toUpperCase(Locale.ROOT));
    isText(utf8("F" + GUID.substring(1)), "F" + GUID.substring(1));
  }

  @Test
  void aTextInProtobufIsFound() {
    isText(bytes("0000000001020e0a24", GUID), GUID);
    isText(bytes("0000000001000a24", GUID), GUID);
    isText(bytes("000000000104020e0a02", "e1"), "e1");

    assertThat(keys.counts().registry()).isEqualTo(3);
  }

  @Test
  void aTextInJsonBehindASchemasIdIsFound() {
    isText(bytes("0000000001", "\"" + GUID + "\""), GUID);
    isText(bytes("000000000000000001", "\"e1\""), "e1");

    assertThat(keys.counts().registry()).isEqualTo(2);
  }

  @Test
  void whatIsNoTextIsUnreadable() {
    isUnreadable(utf8("{\"a\":1}"));
    isUnreadable(utf8("{\"Id\":\"" + GUID + "\"}"));
    isUnreadable(utf8("{\"schema\":{},\"payload\":{\"Id\":\"a\"}}"));
    isUnreadable(utf8("{\"schema\":{},\"payload\":\"a\",\"third\":1}"));
    isUnreadable(utf8("{\"payload\":\"a\"}"));
    isUnreadable(utf8("Struct{Id=" + GUID + "}"));
    isUnreadable(bytes("ff", GUID));
    isUnreadable(bytes("00", ""));
    isUnreadable(bytes("00000001", ""));
    isUnreadable(bytes("0000000001", ""));
    isUnreadable(bytes("00000000010248", GUID + "x"));
    isUnreadable(bytes("00000000010248", GUID.substring(1)));
    // A record of a text and a number.
    isUnreadable(bytes("000000000148", GUID + "\0"));
    isUnreadable(bytes("0000000001020e0a24", GUID + "\u0010\u0001"));
    // A control character is in no key of the connector's.
    isUnreadable(bytes("00000000010204", "a\n"));
    isUnreadable(bytes("0000000001ffffffffff", "a"));
    isUnreadable(bytes("0000000001ffffffff0f", "a"));
  }

  /** A text of 17 letters in Avro is, with its length, one of 16 in JSON. */
  @Test
  void whatCanBeTwoTextsIsNeither() {
    isUnreadable(bytes("0000000001", "\"0123456789abcdef\""));
  }

  @Test
  void everyTextComesBackOutOfEveryFormOrNotAtAll() {
    for (int first = ' '; first < 0x7F; first++) {
      for (int length = 1; length < 64; length++) {
        String text = (char) first + "a".repeat(length - 1);
        String size = "%02x".formatted(2 * length);
        for (byte[] key :
            new byte[][] {
              bytes("000000000102" + size, text),
              bytes("0000000001" + size, text),
              bytes("00000000000000000102" + size, text),
              bytes("0000000001020e0a" + "%02x".formatted(length), text)
            }) {
          assertThat(keys.text(key).orElse(text)).isEqualTo(text);
        }
      }
    }
    assertThat(keys.counts().unreadable()).isZero();
  }

  @Test
  void noBytesAreTooStrange() {
    Random random = new Random(11);
    byte[] likely = utf8("\0\1\2\n$H\"{}[]:,nul\\apyodschem1\u00e4");
    int keysRead = 100_000;
    for (int i = 0; i < keysRead; i++) {
      byte[] key = new byte[1 + random.nextInt(40)];
      random.nextBytes(key);
      for (int at = 0; at < key.length; at++) {
        if (i % 2 == 0) {
          key[at] = likely[random.nextInt(likely.length)];
        }
      }
      keys.text(key);
    }

    assertThat(keys.counts().total()).isEqualTo(keysRead);
  }
}
