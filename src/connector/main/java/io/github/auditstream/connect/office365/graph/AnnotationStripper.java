package io.github.auditstream.connect.office365.graph;

import java.io.ByteArrayOutputStream;
import java.util.BitSet;

/**
 * Takes OData's annotations out of an event, at every depth: each property whose name has {@code
 * @odata.} in it, such as {@code @odata.type} and {@code RecordType@odata.type}. Everything else
 * stays byte for byte.
 */
final class AnnotationStripper {
  private static final String ANNOTATION = "@odata.";

  private final byte[] json;
  private final ByteArrayOutputStream stripped;
  private final BitSet objects = new BitSet();
  private int depth;

  /** Up to where the bytes are written, or left out. */
  private int done;

  /** Behind the bracket or comma before the member at hand. */
  private int memberStart;

  /** Whether the object at hand has a member that stays. */
  private boolean hasMember;

  private boolean nameIsDue;

  private AnnotationStripper(byte[] json, int from, int to) {
    this.json = json;
    this.done = from;
    this.stripped = new ByteArrayOutputStream(to - from);
  }

  /** The event without annotations; the bytes are well-formed JSON. */
  static byte[] strip(byte[] json, int from, int to) {
    AnnotationStripper stripper = new AnnotationStripper(json, from, to);
    stripper.run(from, to);
    return stripper.stripped.toByteArray();
  }

  private void run(int from, int to) {
    int at = from;
    while (at < to) {
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
    }
    stripped.write(json, done, to - done);
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
    if (!JsonText.name(json, at, end).contains(ANNOTATION)) {
      hasMember = true;
      nameIsDue = false;
      return end;
    }
    int value = JsonText.behindSpace(json, JsonText.behindSpace(json, end) + 1);
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

  private void leaveOut(int from, int to) {
    stripped.write(json, done, from - done);
    done = to;
  }
}
