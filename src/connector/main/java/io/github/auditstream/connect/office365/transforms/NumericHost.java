package io.github.auditstream.connect.office365.transforms;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that are an IPv4 address in one of the forms that browsers take: of one to four numbers,
 * each decimal, octal or hexadecimal, such as {@code 0xCB.113.7}.
 *
 * @see <a href="https://url.spec.whatwg.org/#concept-ipv4-parser">URL Standard</a>
 */
final class NumericHost {

  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
  private static final int PARTS = 4;
  private static final int BITS = 8;
  private static final long INVALID = -1;

  private NumericHost() {}

  /**
   * Whether a browser takes the host for an address, valid or not: its last part is a number.
   *
   * @param host in lower case, without a dot at its end
   */
  static boolean is(String host) {
    return NUMBER.matcher(host.substring(host.lastIndexOf('.') + 1)).matches();
  }

  /** The address with its four decimal numbers; null if it is none. */
  static @Nullable String address(String host) {
    List<String> parts = List.of(host.split("\\.", -1));
    if (parts.size() > PARTS) {
      return null;
    }
    long address = 0;
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      int bits = last ? BITS * (PARTS - i) : BITS;
      long number = number(parts.get(i));
      if (number == INVALID || number >= 1L << bits) {
        return null;
      }
      address = address << bits | number;
    }
    long written = address;
    return IntStream.of(24, 16, 8, 0)
        .mapToObj(shift -> String.valueOf((written >> shift) & 0xFF))
        .collect(Collectors.joining("."));
  }

  private static long number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return INVALID;
    }
    try {
      return text.equals("0x") ? 0 : Long.decode(text);
    } catch (NumberFormatException e) {
      // Too many digits, or an 8 or 9 in an octal number.
      return INVALID;
    }
  }
}
