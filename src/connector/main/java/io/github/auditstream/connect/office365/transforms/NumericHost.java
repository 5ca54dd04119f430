package io.github.auditstream.connect.office365.transforms;

import java.util.List;
import java.util.regex.Pattern;
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
    StringBuilder written = new StringBuilder();
    for (int shift = BITS * (PARTS - 1); shift >= 0; shift -= BITS) {
      written.append(written.length() == 0 ? "" : ".").append((address >> shift) & 0xFF);
    }
    return written.toString();
  }

  private static long number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return INVALID;
    }
    boolean hex = text.startsWith("0x");
    int radix = hex ? 16 : text.length() > 1 && text.charAt(0) == '0' ? 8 : 10;
    try {
      String digits = hex ? text.substring(2) : text;
      return digits.isEmpty() ? 0 : Long.parseLong(digits, radix);
    } catch (NumberFormatException e) {
      // Too many digits, or an 8 or 9 in an octal number.
      return INVALID;
    }
  }
}
