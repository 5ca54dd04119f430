package io.github.auditstream.connect.office365.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Splits a JSON array in UTF-8 into its entries' texts without reading what is in them: by its
 * brackets, commas and strings alone. So an entry that is broken in itself is distinguished from a
 * list that is. Not safe for many threads.
 */
final class EntrySplitter {
  private static final int BUFFER_BYTES = 8 * 1024;
  private static final int END = -1;

  private final InputStream in;
  private final int longestKept;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int filled;
  private int at;

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private long textBytes;
  private boolean begun;
  private boolean ended;

  /**
   * @param in begins with the array, after a byte order mark and white space at most
   * @param longestKept how many bytes of an entry are kept
   */
  EntrySplitter(InputStream in, int longestKept) {
    this.in = in;
    this.longestKept = longestKept;
  }

  /** The entry's text, or its beginning where it is longer than what is kept. */
  byte[] text() {
    return text.toByteArray();
  }

  /** How long the entry is in all. */
  long textBytes() {
    return textBytes;
  }

  /**
   * Goes on to the next entry.
   *
   * @return whether there is one; if not, the array and the input have come to their end
   * @throws IOException if the input breaks off
   * @throws MalformedAnswerException if it is no array, or not one only
   */
  boolean next() throws IOException, MalformedAnswerException {
    if (ended) {
      return false;
    }
    boolean first = !begun;
    if (first) {
      begin();
    }
    text.reset();
    textBytes = 0;
    int depth = 0;
    while (true) {
      int one = read();
      if (one == END) {
        throw AnswerReader.cutShort();
      }
      if (depth == 0 && (one == ',' || one == ']')) {
        return endOfEntry(one == ']', first);
      }
      if ((one == '}' && depth == 0) || (one < ' ' && !isSpace(one))) {
        throw AnswerReader.notJson();
      }
      if (textBytes > 0 || !isSpace(one)) {
        keep(one);
      }
      switch (one) {
        case '"' -> string();
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
    }
  }

  private boolean endOfEntry(boolean last, boolean first)
      throws IOException, MalformedAnswerException {
    if (last) {
      end();
    }
    if (textBytes == 0 && !(last && first)) {
      throw AnswerReader.notJson();
    }
    return textBytes > 0;
  }

  private void begin() throws IOException {
    begun = true;
    int one = read();
    while (one != '[' && one != END) {
      one = read();
    }
  }

  private void end() throws IOException, MalformedAnswerException {
    ended = true;
    for (int one = read(); one != END; one = read()) {
      if (!isSpace(one)) {
        throw AnswerReader.more();
      }
    }
  }

  private void string() throws IOException, MalformedAnswerException {
    boolean escaped = false;
    while (true) {
      int one = read();
      if (one == END) {
        throw AnswerReader.cutShort();
      }
      keep(one);
      if (!escaped && one == '"') {
        return;
      }
      escaped = !escaped && one == '\\';
    }
  }

  private void keep(int one) {
    if (textBytes < longestKept) {
      text.write(one);
    }
    textBytes++;
  }

  private static boolean isSpace(int one) {
    return one == ' ' || one == '\t' || one == '\r' || one == '\n';
  }

  private int read() throws IOException {
    if (at == filled) {
      filled = Math.max(0, in.read(buffer, 0, buffer.length));
      at = 0;
      if (filled == 0) {
        return END;
      }
    }
    return buffer[at++] & 0xff;
  }
}
