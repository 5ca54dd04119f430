package io.github.auditstream.connect.office365.dedupe;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Finds a text in what converters with a schema registry write: framing, and in it the text as
 * Avro, Protobuf or JSON has it. The schema is not looked up: a reading has to take all bytes and
 * to give printable ASCII, as the keys that the connectors write.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">
 *     Confluent's wire format</a>
 */
final class RegistryText {
  private static final byte MAGIC = 0;

  /** Magic byte and an id of four bytes, which begin with 1: Confluent's. */
  private static final int SHORT_FRAME = 5;

  /** Magic byte and an id of eight bytes: Apicurio's. */
  private static final int LONG_FRAME = 9;

  private static final int STRING_FIELD = (1 << 3) | 2;
  private static final int MOST_BYTES_OF_A_NUMBER = 5;

  private static final Pattern PLAIN = Pattern.compile("[ -~]+");

  /** The first letter is the length of a GUID, as Avro writes it. */
  private static final Pattern GUID_IN_AVRO =
      Pattern.compile("H[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private static final List<Function<ByteBuffer, Optional<String>>> READINGS =
      List.of(
          RegistryText::avro,
          RegistryText::optionalAvro,
          RegistryText::protobuf,
          WrittenText::json);

  private RegistryText() {}

  /** A GUID in Avro without framing: its schema's id is in a header. */
  static boolean isGuidInAvro(String text) {
    return GUID_IN_AVRO.matcher(text).matches();
  }

  /** All texts that the bytes can be. */
  static Set<String> readings(byte[] bytes) {
    Set<String> readings = new HashSet<>();
    int frame = frame(bytes);
    if (frame <= bytes.length) {
      for (Function<ByteBuffer, Optional<String>> reading : READINGS) {
        try {
          reading
              .apply(ByteBuffer.wrap(bytes, frame, bytes.length - frame).slice())
              .filter(text -> PLAIN.matcher(text).matches())
              .ifPresent(readings::add);
        } catch (BufferUnderflowException e) {
          // It is not that.
        }
      }
    }
    return readings;
  }

  /** No registry gives a schema the id 0, so what begins with four zeros is a longer id. */
  private static int frame(byte[] bytes) {
    if (bytes[0] != MAGIC) {
      return 0;
    }
    boolean shortId = bytes.length < SHORT_FRAME || ByteBuffer.wrap(bytes, 1, 4).getInt() != 0;
    return shortId ? SHORT_FRAME : LONG_FRAME;
  }

  private static Optional<String> avro(ByteBuffer bytes) {
    return text(bytes, zigzag(number(bytes)));
  }

  /** The schema is a union of two: null and text, or the other way round. */
  private static Optional<String> optionalAvro(ByteBuffer bytes) {
    int branch = zigzag(number(bytes));
    return branch == 0 || branch == 1 ? avro(bytes) : Optional.empty();
  }

  /** A message with one text, such as StringValue, behind where it is in its file. */
  private static Optional<String> protobuf(ByteBuffer bytes) {
    int indexes = zigzag(number(bytes));
    for (int i = 0; i < indexes; i++) {
      number(bytes);
    }
    return number(bytes) == STRING_FIELD ? text(bytes, number(bytes)) : Optional.empty();
  }

  private static Optional<String> text(ByteBuffer bytes, int length) {
    return bytes.remaining() == length ? WrittenText.utf8(bytes) : Optional.empty();
  }

  private static int zigzag(int number) {
    return (number >>> 1) ^ -(number & 1);
  }

  /** A number of up to 32 bits, seven in a byte, the lowest first. */
  private static int number(ByteBuffer bytes) {
    int number = 0;
    for (int i = 0; i < MOST_BYTES_OF_A_NUMBER; i++) {
      byte next = bytes.get();
      number |= (next & 0x7F) << (7 * i);
      if (next >= 0) {
        break;
      }
    }
    return number;
  }
}
