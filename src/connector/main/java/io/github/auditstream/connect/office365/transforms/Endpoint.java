package io.github.auditstream.connect.office365.transforms;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody came from, as events write it: an address by itself, in brackets, with a port, or
 * behind a host's name; or a host's name.
 *
 * @param text all of it
 * @param ip the address, valid and without zone; null if there is none
 * @param port 0 to 65535; null if there is none
 * @param domain the host's name; null if there is none
 */
record Endpoint(String text, @Nullable String ip, @Nullable Long port, @Nullable String domain) {

  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern LIKE_IPV6 =
      Pattern.compile("(?:[0-9a-fA-F]{0,4}:){1,8}(?:[0-9a-fA-F]{0,4}|" + IPV4 + ")");

  /** Labels of up to 63 characters, up to 253 in all, with a letter among them. */
  private static final Pattern HOST =
      Pattern.compile("(?=.*[a-zA-Z])(?=.{1,253}$)[\\w-]{0,63}(?:\\.[\\w-]{0,63})*");

  private static final Pattern WITH_PORT = Pattern.compile("(.*):([0-9]{1,5})", Pattern.DOTALL);

  static final int MAX_PORT = 65_535;
  private static final String MAPPED = "::ffff:";

  /** Reads it; never fails, whatever the text is. */
  static Endpoint of(String given) {
    String text = given.strip();
    String inner = text;
    if (inner.startsWith("[") && inner.endsWith("]")) {
      inner = inner.substring(1, inner.length() - 1).strip();
    }
    String ip = ip(inner);
    if (ip != null) {
      return new Endpoint(text, ip, null, null);
    }
    int open = inner.lastIndexOf('(');
    if (open > 0 && inner.endsWith(")")) {
      String host = inner.substring(0, open).strip();
      return new Endpoint(
          text,
          ip(inner.substring(open + 1, inner.length() - 1).strip()),
          null,
          isHost(host) ? host : null);
    }
    Matcher withPort = WITH_PORT.matcher(inner);
    if (withPort.matches() && Integer.parseInt(withPort.group(2)) <= MAX_PORT) {
      String host = withPort.group(1);
      boolean inBrackets = host.startsWith("[") && host.endsWith("]");
      if (inBrackets) {
        host = host.substring(1, host.length() - 1);
      }
      // Without brackets nobody can tell an IPv6 address from its port.
      ip = inBrackets || host.indexOf(':') < 0 ? ip(host) : null;
      if (ip != null || isHost(host)) {
        return new Endpoint(text, ip, Long.valueOf(withPort.group(2)), ip == null ? host : null);
      }
    }
    return new Endpoint(text, null, null, isHost(inner) ? inner : null);
  }

  /** A valid address, without zone and not wrapped into IPv6; null if the text is none. */
  static @Nullable String ip(String text) {
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    if (isIpv4(address)) {
      return zone < 0 ? address : null;
    }
    if (address.regionMatches(true, 0, MAPPED, 0, MAPPED.length())
        && isIpv4(address.substring(MAPPED.length()))) {
      return address.substring(MAPPED.length());
    }
    return isIpv6(address) ? address : null;
  }

  private static boolean isIpv4(String text) {
    return IPV4.matcher(text).matches();
  }

  /**
   * The JDK takes forms that nobody writes, such as groups of five digits; the pattern does not.
   */
  private static boolean isIpv6(String text) {
    if (!LIKE_IPV6.matcher(text).matches()) {
      return false;
    }
    try {
      // In brackets it is an address or none, and no name server is ever asked.
      return InetAddress.getByName("[" + text + "]") != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isHost(String text) {
    return HOST.matcher(text).matches();
  }
}
