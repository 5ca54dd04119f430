package io.github.auditstream.connect.office365.graph;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HexFormat;

/**
 * Brings an event into the form of the Management Activity API. Takes out OData's annotations, at
 * every depth: each property whose name has {@code @odata.} in it, such as {@code @odata.type} and
 * {@code RecordType@odata.type}. Takes the {@code Z} from the end of {@code CreationTime}.
 * Everything else stays byte for byte.
 */
final class LiveForm {
  static final String CREATION_TIME = "CreationTime";

  private static final String ANNOTATION = "@odata.";
  private static final int ESCAPE_BYTES = 6;

  private final byte[] json;
  private final ByteArrayOutputStream live;
  private final BitSet objects = new BitSet();
  private int depth;

  /** Up to where the bytes are written, or left out. */
  private int done;

  /** Behind the bracket or comma before the member at hand. */
  private int memberStart;

  /** Whether the object at hand has a member that stays. */
  private boolean hasMember;

  private boolean nameIsDue;

  private LiveForm(byte[] json, int from) {
    this.json = json;
    this.done = from;
    this.live = new ByteArrayOutputStream(json.length - from);
  }

  /** The event in the live form; an object begins here, in bytes that are well-formed JSON. */
  static byte[] of(byte[] json, int from) {
    LiveForm form = new LiveForm(json, from);
    form.run(from);
    return form.live.toByteArray();
  }

  /** A time of the envelope as the live form has it. */
  static String time(String text) {
    return text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
  }

  private void run(int from) {
    int at = from;
    do {
      switch (json[at]) {
        case '"' -> at = nameIsDue ? name(at) : JsonText.behindString(json, at);
        case '{' -> at = open(at, true);
        case '[' -> at = open(at, false);
        case '}', ']' -> {
          depth--;
          // What it stood in has it as a member.
          hasMember = true;
          nameIsDue = false;
          at++;
        }
        case ',' -> {
          nameIsDue = objects.get(depth);
          memberStart = at + 1;
          at++;
        }
        default -> at++;
      }
    } while (depth > 0);
    live.write(json, done, at - done);
  }

  private int open(int at, boolean object) {
    depth++;
    objects.set(depth, object);
    hasMember = false;
    nameIsDue = object;
    memberStart = at + 1;
    return at + 1;
  }

  private int name(int at) {
    int end = JsonText.behindString(json, at);
    if (isAnnotation(at, end)) {
      return annotation(end);
    }
    hasMember = true;
    nameIsDue = false;
    return depth == 1 && JsonText.isName(json, at, end, CREATION_TIME) ? creationTime(end) : end;
  }

  /** Most names are none, which shows without making them a text. */
  private boolean isAnnotation(int from, int to) {
    for (int at = from; at < to; at++) {
      if (json[at] == '@' || json[at] == '\\') {
        return JsonText.name(json, from, to).contains(ANNOTATION);
      }
    }
    return false;
  }

  private int annotation(int behindName) {
    int value = valueOf(behindName);
    int next = JsonText.behindSpace(json, JsonText.behindValue(json, value));
    if (hasMember) {
      // With the comma before it.
      leaveOut(memberStart - 1, next);
      return next;
    }
    boolean more = json[next] == ',';
    leaveOut(memberStart, more ? next + 1 : next);
    memberStart = more ? next + 1 : next;
    return memberStart;
  }

  private int creationTime(int behindName) {
    int value = valueOf(behindName);
    if (json[value] != '"') {
      return value;
    }
    int last = value;
    int at = value + 1;
    while (json[at] != '"') {
      last = at;
      at += json[at] != '\\' ? 1 : json[at + 1] == 'u' ? ESCAPE_BYTES : 2;
    }
    if (isZ(last, at)) {
      leaveOut(last, at);
    }
    return at + 1;
  }

  private boolean isZ(int from, int to) {
    return switch (to - from) {
      case 1 -> json[from] == 'Z';
      case ESCAPE_BYTES ->
          HexFormat.fromHexDigits(new String(json, from + 2, 4, StandardCharsets.US_ASCII)) == 'Z';
      default -> false;
    };
  }

  private int valueOf(int behindName) {
    return JsonText.behindSpace(json, JsonText.behindSpace(json, behindName) + 1);
  }

  private void leaveOut(int from, int to) {
    live.write(json, done, from - done);
    done = to;
  }
}
