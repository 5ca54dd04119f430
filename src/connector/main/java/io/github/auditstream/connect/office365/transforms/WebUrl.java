package io.github.auditstream.connect.office365.transforms;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL of the Web, taken apart as browsers do, since it is they that open what somebody clicks on:
 * a backslash is a slash, tabs and line ends do not count, and however much precedes the
 * authority's last {@code @}, the host is what follows it.
 *
 * @param scheme http or https
 * @param host in lower case, without the port and the dot at its end, an IPv6 address in brackets
 *     and without zone; null if there is none that a browser would go to
 * @see <a href="https://url.spec.whatwg.org/#url-parsing">URL Standard</a>
 */
record WebUrl(String scheme, @Nullable String host) {

  private static final Pattern URL =
      Pattern.compile("(https?):[/\\\\]*+([^/\\\\?#]*+)", Pattern.CASE_INSENSITIVE);

  private static final Pattern PORT = Pattern.compile("(:0*([0-9]{1,5})?)?");
  private static final char IDEOGRAPHIC_FULL_STOP = '\u3002';

  /** Takes it apart; null if the text is no URL with one of the schemes. */
  static @Nullable WebUrl of(String text) {
    // Without control characters and blanks at both ends, and without tabs and line ends.
    String cleaned = text.trim().replace("\t", "").replace("\n", "").replace("\r", "");
    Matcher url = URL.matcher(cleaned);
    if (!url.lookingAt()) {
      return null;
    }
    String authority = url.group(2);
    return new WebUrl(
        url.group(1).toLowerCase(Locale.ROOT),
        host(authority.substring(authority.lastIndexOf('@') + 1)));
  }

  private static @Nullable String host(String hostAndPort) {
    if (hostAndPort.startsWith("[")) {
      int close = hostAndPort.indexOf(']');
      return close > 0 && isPort(hostAndPort.substring(close + 1))
          ? ipv6(hostAndPort.substring(1, close))
          : null;
    }
    int colon = hostAndPort.indexOf(':');
    if (colon < 0) {
      return name(hostAndPort);
    }
    return isPort(hostAndPort.substring(colon)) ? name(hostAndPort.substring(0, colon)) : null;
  }

  /** Whether this is nothing, or a colon with a port or nothing behind it. */
  private static boolean isPort(String text) {
    Matcher port = PORT.matcher(text);
    return port.matches()
        && (port.group(2) == null || Integer.parseInt(port.group(2)) <= Endpoint.MAX_PORT);
  }

  private static @Nullable String ipv6(String text) {
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    return address.indexOf(':') >= 0 && Endpoint.ip(address) != null
        ? "[" + address.toLowerCase(Locale.ROOT) + "]"
        : null;
  }

  private static @Nullable String name(String written) {
    String decoded = percentDecoded(written);
    if (decoded == null) {
      return null;
    }
    // Full-width letters and other kinds of dots are the plain ones to a browser.
    String host =
        Normalizer.normalize(decoded, Normalizer.Form.NFKC)
            .replace(IDEOGRAPHIC_FULL_STOP, '.')
            .toLowerCase(Locale.ROOT);
    StringBuilder seen = new StringBuilder(host.length());
    for (int i = 0; i < host.length(); i++) {
      char unit = host.charAt(i);
      if (isForbidden(unit)) {
        return null;
      }
      if (!isIgnored(unit)) {
        seen.append(unit);
      }
    }
    if (seen.length() > 0 && seen.charAt(seen.length() - 1) == '.') {
      seen.setLength(seen.length() - 1);
    }
    String name = seen.toString();
    if (NumericHost.is(name)) {
      return NumericHost.address(name);
    }
    return name.isEmpty() ? null : name;
  }

  private static @Nullable String percentDecoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    // As a character for each byte, and with what a plus means in forms kept from the decoder.
    String bytes = new String(text.getBytes(UTF_8), ISO_8859_1).replace("+", "%2B");
    try {
      byte[] decoded = URLDecoder.decode(bytes, ISO_8859_1).getBytes(ISO_8859_1);
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      // What is no escape leaves a %, which no host has.
      return null;
    }
  }

  private static boolean isForbidden(char unit) {
    return unit <= ' '
        || unit == 0x7F
        || "#%/:<>?@[\\]^|".indexOf(unit) >= 0
        || (unit > 0x7F
            && !isIgnored(unit)
            && unit != '\u200C'
            && unit != '\u200D'
            && (Character.isISOControl(unit)
                || Character.isWhitespace(unit)
                || Character.isSpaceChar(unit)
                || Character.getType(unit) == Character.FORMAT));
  }

  /** Soft hyphens, blanks without width and the like, which are nothing in a host. */
  private static boolean isIgnored(char unit) {
    return switch (unit) {
      case '\u00AD', '\u034F', '\u200B', '\u2060', '\uFEFF' -> true;
      default -> unit >= '\uFE00' && unit <= '\uFE0F';
    };
  }
}
