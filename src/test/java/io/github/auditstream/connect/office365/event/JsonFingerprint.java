package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A digest of a JSON text that is equal for two texts exactly if they are the same JSON: objects
 * are bags of members, doubled names included; numbers are their text; strings are their UTF-16
 * units. Parses strictly, and without recursion, so that depth is no matter.
 */
public final class JsonFingerprint {

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]++)?");

  private final String json;
  private final MessageDigest sha = sha();
  private int at;

  private JsonFingerprint(String json) {
    this.json = json;
  }

  public static void assertSame(String actual, String expected) {
    if (!of(actual).equals(of(expected))) {
      assertThat(actual).as("same JSON").isEqualTo(expected);
    }
  }

  static String of(String json) {
    JsonFingerprint parse = new JsonFingerprint(json);
    byte[] digest = parse.document();
    return HexFormat.of().formatHex(digest);
  }

  private static final class Open {
    final boolean object;
    final List<byte[]> children = new ArrayList<>();
    byte[] name = new byte[0];

    Open(boolean object) {
      this.object = object;
    }
  }

  private byte[] document() {
    Deque<Open> open = new ArrayDeque<>();
    while (true) {
      byte[] done = null;
      space();
      char next = peek();
      if (next == '{' || next == '[') {
        at++;
        Open opened = new Open(next == '{');
        space();
        if (peek() == (next == '{' ? '}' : ']')) {
          at++;
          done = close(opened);
        } else {
          open.push(opened);
          if (opened.object) {
            name(opened);
          }
          continue;
        }
      } else {
        done = scalar(next);
      }
      while (true) {
        Open parent = open.peek();
        if (parent == null) {
          space();
          check(at == json.length(), "text behind the end");
          return done;
        }
        parent.children.add(parent.object ? digest('m', parent.name, done) : done);
        space();
        char separator = peek();
        at++;
        if (separator == ',') {
          if (parent.object) {
            space();
            name(parent);
          }
          break;
        }
        check(separator == (parent.object ? '}' : ']'), "no closing bracket");
        done = close(open.pop());
      }
    }
  }

  private byte[] close(Open open) {
    if (open.object) {
      open.children.sort(java.util.Arrays::compare);
    }
    return digest(open.object ? 'o' : 'a', open.children.toArray(new byte[0][]));
  }

  private void name(Open object) {
    object.name = string();
    space();
    check(peek() == ':', "no colon");
    at++;
  }

  private byte[] scalar(char first) {
    if (first == '"') {
      return string();
    }
    int start = at;
    while (at < json.length() && ",]} \t\r\n".indexOf(json.charAt(at)) < 0) {
      at++;
    }
    String text = json.substring(start, at);
    check(
        text.equals("true")
            || text.equals("false")
            || text.equals("null")
            || NUMBER.matcher(text).matches(),
        "no JSON value");
    return digest('l', text.getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] string() {
    check(peek() == '"', "no string");
    at++;
    StringBuilder text = new StringBuilder();
    while (true) {
      check(at < json.length(), "string without end");
      char unit = json.charAt(at++);
      if (unit == '"') {
        ByteBuffer units = ByteBuffer.allocate(text.length() * 2);
        text.chars().forEach(each -> units.putChar((char) each));
        return digest('s', units.array());
      }
      check(unit >= ' ', "control character");
      text.append(unit == '\\' ? escape() : unit);
    }
  }

  private char escape() {
    char escape = json.charAt(at++);
    return switch (escape) {
      case '"', '\\', '/' -> escape;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        at += 4;
        yield (char) HexFormat.fromHexDigits(json, at - 4, at);
      }
      default -> throw new AssertionError("not an escape");
    };
  }

  private char peek() {
    check(at < json.length(), "ends too soon");
    return json.charAt(at);
  }

  private void space() {
    while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
      at++;
    }
  }

  private void check(boolean holds, String fault) {
    if (!holds) {
      throw new AssertionError("Not JSON: " + fault + " at character " + at);
    }
  }

  private byte[] digest(char kind, byte[]... parts) {
    sha.update((byte) kind);
    for (byte[] part : parts) {
      sha.update(part);
    }
    return sha.digest();
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
