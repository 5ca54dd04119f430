package io.github.auditstream.connect.office365.transforms;

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

  private static final String MAPPED = "::ffff:";
  private static final int MAX_LABEL = 63;
  private static final int MAX_HOST = 253;

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
    int colon = inner.lastIndexOf(':');
    Long port = colon < 0 ? null : port(inner, colon + 1);
    if (port != null) {
      String host = inner.substring(0, colon);
      boolean inBrackets = host.startsWith("[") && host.endsWith("]");
      if (inBrackets) {
        host = host.substring(1, host.length() - 1);
      }
      // Without brackets nobody can tell an IPv6 address from its port.
      ip = inBrackets || host.indexOf(':') < 0 ? ip(host) : null;
      if (ip != null || isHost(host)) {
        return new Endpoint(text, ip, port, ip == null ? host : null);
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

  private static @Nullable Long port(String text, int from) {
    int length = text.length() - from;
    if (length < 1 || length > 5) {
      return null;
    }
    long port = 0;
    for (int i = from; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return null;
      }
      port = port * 10 + (digit - '0');
    }
    return port > 65_535 ? null : port;
  }

  private static boolean isIpv4(String text) {
    int parts = 0;
    int at = 0;
    while (true) {
      int start = at;
      int value = 0;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        value = value * 10 + (text.charAt(at++) - '0');
        if (at - start > 3) {
          return false;
        }
      }
      boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
      if (at == start || value > 255 || leadingZero || ++parts > 4) {
        return false;
      }
      if (at == text.length()) {
        return parts == 4;
      }
      if (text.charAt(at++) != '.') {
        return false;
      }
    }
  }

  private static boolean isIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true) == 8;
    }
    String left = text.substring(0, gap);
    String right = text.substring(gap + 2);
    int before = left.isEmpty() ? 0 : groups(left, false);
    int after = right.isEmpty() ? 0 : groups(right, true);
    return before >= 0 && after >= 0 && before + after <= 7;
  }

  /** How many 16-bit groups the text stands for; -1 if it is not groups alone. */
  private static int groups(String text, boolean last) {
    int groups = 0;
    int start = 0;
    while (true) {
      int end = text.indexOf(':', start);
      String group = end < 0 ? text.substring(start) : text.substring(start, end);
      if (last && end < 0 && group.indexOf('.') >= 0) {
        return isIpv4(group) ? groups + 2 : -1;
      }
      if (!isHexGroup(group)) {
        return -1;
      }
      groups++;
      if (end < 0) {
        return groups;
      }
      start = end + 1;
    }
  }

  private static boolean isHexGroup(String group) {
    if (group.isEmpty() || group.length() > 4) {
      return false;
    }
    for (int i = 0; i < group.length(); i++) {
      char unit = group.charAt(i);
      boolean hex =
          (unit >= '0' && unit <= '9')
              || (unit >= 'a' && unit <= 'f')
              || (unit >= 'A' && unit <= 'F');
      if (!hex) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHost(String text) {
    boolean letter = false;
    int label = 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      boolean isLetter = (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z');
      letter |= isLetter;
      if (!isLetter && !(unit >= '0' && unit <= '9') && "-._".indexOf(unit) < 0) {
        return false;
      }
      label = unit == '.' ? 0 : label + 1;
      if (label > MAX_LABEL) {
        return false;
      }
    }
    return letter && text.length() <= MAX_HOST;
  }
}
