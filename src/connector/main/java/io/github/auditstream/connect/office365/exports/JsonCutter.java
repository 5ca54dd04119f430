package io.github.auditstream.connect.office365.exports;

import java.io.IOException;
import java.util.BitSet;

/**
 * Finds the values of JSON arrays, and of objects one after another, by brackets, commas and
 * strings alone: one that is broken in itself spoils no other. One whose end is not found ends at
 * the next line that begins as its own did, so that it does not take the rest of the file with it.
 */
final class JsonCutter {
  /** After so many the ends of broken values are looked for at every line, to stay fast. */
  private static final int OFTEN = 16;

  private static final String CUT_SHORT = "is cut short";
  private static final String NO_MATCH = "is not JSON: its brackets do not match";
  private static final String BROKEN_TEXT = "is not JSON: a text goes beyond the end of its line";

  private final Window window;
  private final int largestRowBytes;
  private boolean isLines;
  private int ended;
  private int openArrays;

  private int indentation;
  private boolean lineIsBlank = true;
  private String fault = "";

  JsonCutter(Window window, int largestRowBytes) {
    this.window = window;
    this.largestRowBytes = largestRowBytes;
  }

  /** Whether the file ended in the middle of an array. */
  boolean isInArray() {
    return openArrays > 0;
  }

  /** Goes on to the next value; whether there is one. */
  boolean next() throws IOException {
    fault = "";
    while (true) {
      window.begin();
      int one = window.read();
      switch (one) {
        case Window.END -> {
          return false;
        }
        case '\n' -> {
          indentation = 0;
          lineIsBlank = true;
        }
        case ' ', '\t' -> indentation += lineIsBlank ? 1 : 0;
        case ',', '[', ']' -> {
          lineIsBlank = false;
          openArrays = Math.max(0, openArrays + (one == '[' ? 1 : one == ']' ? -1 : 0));
        }
        case '\r' -> {}
        default -> {
          lineIsBlank = false;
          value(one);
          return true;
        }
      }
    }
  }

  /** All that was found, or where it is broken, the beginning up to where the file goes on. */
  Cut cut() throws IOException {
    int length = window.length();
    if (fault.isEmpty()) {
      return Cut.of(window.copy(0, length), length, "");
    }
    ended++;
    for (int end = window.indexOf('\n', 0, length);
        end < length;
        end = window.indexOf('\n', end + 1, length)) {
      int next = nextValue(end + 1, length);
      if (next > 0) {
        window.giveBack(next);
        return beginning(next);
      }
    }
    Cut beginning = beginning(length);
    return fault.equals(Cut.TOO_LARGE) ? skipRest(beginning) : beginning;
  }

  private Cut beginning(int length) {
    return Cut.of(window.copy(0, Math.min(length, Cut.KEPT_BYTES)), length, fault);
  }

  private void value(int first) throws IOException {
    switch (first) {
      case '{' -> {
        Nesting nesting = new Nesting();
        nested(nesting);
        noteLines();
      }
      default -> word(first);
    }
  }

  /** The first value that has a line of its own says that the others have, too. */
  private void noteLines() {
    if (ended == 0 && openArrays == 0 && indentation == 0 && fault.isEmpty() && !isLines) {
      isLines = window.indexOf('\n', 0, window.length()) == window.length();
    }
  }

  private void nested(Nesting nesting) throws IOException {
    while (nesting.depth > 0) {
      int one = window.read();
      if (one == Window.END) {
        fault = CUT_SHORT;
        return;
      }
      if (one == '\n') {
        if (nesting.inText) {
          fault = BROKEN_TEXT;
          toNextValue(one);
          return;
        }
        if ((isLines || ended > OFTEN) && isNextValueAhead()) {
          fault = CUT_SHORT;
          return;
        }
      }
      if (!nesting.take(one)) {
        fault = NO_MATCH;
        if (isLines || window.indexOf('\n', 0, window.length()) < window.length()) {
          toNextValue(one);
        }
        return;
      }
      if (window.length() > largestRowBytes) {
        fault = Cut.TOO_LARGE;
        return;
      }
    }
  }

  /** What is no object, up to where one could begin, or in parts where that is far. */
  private void word(int first) throws IOException {
    boolean inText = first == '"';
    boolean escaped = false;
    while (window.length() < largestRowBytes) {
      int one = window.read();
      if (one == Window.END) {
        return;
      }
      boolean ends = inText ? one == '\n' : one == ',' || one == ']' || one == '[' || one == '{';
      if (ends || one == '\n') {
        window.giveBack(window.length() - 1);
        return;
      }
      if (inText && !escaped && one == '"') {
        return;
      }
      escaped = inText && !escaped && one == '\\';
    }
  }

  /** Goes on to a line that begins as this value's did. */
  private void toNextValue(int last) throws IOException {
    int one = last;
    while (one != Window.END && window.length() <= largestRowBytes) {
      if (one == '\n' && isNextValueAhead()) {
        return;
      }
      one = window.read();
    }
  }

  /** Looks at the line that begins behind what was read, which stays where it is. */
  private boolean isNextValueAhead() throws IOException {
    int length = window.length();
    int one = window.read();
    while (one == ' ' || one == '\t' || one == '}' || one == ',') {
      one = window.read();
    }
    int next = nextValue(length, window.length());
    window.giveBack(next > 0 ? next : length);
    return next > 0;
  }

  /**
   * Where the reading goes on if a line begins as this value's did, perhaps behind the end of this
   * one, or with an array of its own; zero if it does not.
   */
  private int nextValue(int from, int to) {
    int at = behindSpace(from, to);
    boolean isOutside = at - from == indentation;
    int next = from;
    if (isOutside && at < to && window.get(at) == '}') {
      next = at + 1;
      at = behindSpace(next, to);
      isOutside = at < to && window.get(at) == ',';
      at = behindSpace(at + 1, to);
    }
    boolean begins = isOutside && at < to && window.get(at) == '{';
    return begins || (from < to && window.get(from) == '[') ? next : 0;
  }

  private int behindSpace(int from, int to) {
    int at = from;
    while (at < to && (window.get(at) == ' ' || window.get(at) == '\t')) {
      at++;
    }
    return at;
  }

  private Cut skipRest(Cut beginning) throws IOException {
    Nesting nesting = new Nesting();
    for (int at = 1; at < window.length(); at++) {
      nesting.take(window.get(at));
    }
    long textBytes = window.length();
    while (nesting.depth > 0) {
      window.begin();
      int one = window.read();
      if (one == Window.END) {
        break;
      }
      nesting.take(one);
      textBytes++;
    }
    return new Cut(beginning.text(), textBytes, beginning.fault());
  }

  /** How deep in an object the reading is. */
  private static final class Nesting {
    private final BitSet arrays = new BitSet();
    private int depth = 1;
    private boolean inText;
    private boolean escaped;

    /** Takes the next byte; whether it closes nothing, or what was opened last. */
    boolean take(int one) {
      if (inText) {
        if (escaped) {
          escaped = false;
        } else if (one == '\\') {
          escaped = true;
        } else if (one == '"') {
          inText = false;
        }
      } else if (one == '"') {
        inText = true;
      } else if (one == '{' || one == '[') {
        depth++;
        arrays.set(depth, one == '[');
      } else if (one == '}' || one == ']') {
        boolean isRight = arrays.get(depth) == (one == ']');
        depth--;
        return isRight;
      }
      return true;
    }
  }
}
