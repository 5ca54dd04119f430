package io.github.auditstream.connect.office365.graph;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.auditstream.connect.office365.api.MalformedAnswerException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a page of records into them, by its brackets, commas and strings alone: one record that is
 * broken in itself spoils no other. Holds one at a time. Not safe for many threads.
 */
final class PageReader {
  /** What is kept of a record over the limit. */
  static final int KEPT_OF_OVERSIZED_BYTES = 64 * 1024;

  /** Far more than a next link has. Of what stands around the records, more is not kept. */
  private static final int LONGEST_PROPERTY_BYTES = 64 * 1024;

  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int END = -1;

  private final InputStream in;
  private final int largestRecordBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int filled;
  private int at;

  private byte[] kept = new byte[BUFFER_BYTES];
  private int keptBytes;
  private int mostKept;
  private long textBytes;

  private Where where = Where.BEFORE;
  private boolean hasValue;
  private boolean firstMember = true;
  private Optional<String> nextLink = Optional.empty();
  private Optional<Long> count = Optional.empty();

  private enum Where {
    BEFORE,
    MEMBERS,
    FIRST_RECORD,
    RECORDS,
    BEHIND
  }

  /**
   * @param in the page, after a byte order mark and white space at most
   * @param largestRecordBytes how large a record may be
   */
  PageReader(InputStream in, int largestRecordBytes) {
    this.in = in;
    this.largestRecordBytes = largestRecordBytes;
  }

  /** The record's text, or its beginning where it is too large. */
  byte[] text() {
    return Arrays.copyOf(kept, keptBytes);
  }

  /** How long the record is in all. */
  long textBytes() {
    return textBytes;
  }

  /** {@code @odata.nextLink}, as it stands there, once there is no record any more. */
  Optional<String> nextLink() {
    return nextLink;
  }

  /** {@code @odata.count}, once there is no record any more. */
  Optional<Long> count() {
    return count;
  }

  /**
   * Goes on to the next record.
   *
   * @return whether there is one; if not, the page and the input have come to their end
   * @throws IOException if the input breaks off
   * @throws MalformedAnswerException if it is no page
   */
  boolean next() throws IOException, MalformedAnswerException {
    if (where == Where.BEFORE) {
      int one = read();
      while (one != '{') {
        if (one == END) {
          throw cutShort();
        }
        one = read();
      }
      where = Where.MEMBERS;
    }
    while (where != Where.BEHIND) {
      if (where == Where.MEMBERS) {
        member();
      } else if (record()) {
        return true;
      }
    }
    return false;
  }

  /** One property of the page, or its end. */
  private void member() throws IOException, MalformedAnswerException {
    int one = space();
    if (one == '}') {
      end();
      return;
    }
    if (!firstMember) {
      if (one != ',') {
        throw notJson(one);
      }
      one = space();
    }
    firstMember = false;
    if (one != '"') {
      throw notJson(one);
    }
    begin(LONGEST_PROPERTY_BYTES);
    keep(one);
    string();
    String name = scalar();
    if (space() != ':') {
      throw notJson(':');
    }
    one = space();
    if (name.equals("value")) {
      if (one != '[' || hasValue) {
        throw new MalformedAnswerException(
            "the page's 'value' is no list, or there are two" + QueryReader.RETRIED);
      }
      hasValue = true;
      where = Where.FIRST_RECORD;
      return;
    }
    begin(LONGEST_PROPERTY_BYTES);
    value(one);
    property(name);
  }

  private void property(String name) throws MalformedAnswerException {
    switch (name) {
      case "@odata.nextLink" -> nextLink = Optional.of(scalar()).filter(text -> !text.isEmpty());
      case "@odata.count" ->
          count =
              Optional.of(scalar()).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
      default -> {}
    }
  }

  private void end() throws IOException, MalformedAnswerException {
    if (!hasValue) {
      throw new MalformedAnswerException("the page has no 'value'" + QueryReader.RETRIED);
    }
    if (space() != END) {
      throw new MalformedAnswerException(
          "there is more after the answer's end" + QueryReader.RETRIED);
    }
    where = Where.BEHIND;
  }

  /** Whether there was one; if not, the list has come to its end. */
  private boolean record() throws IOException, MalformedAnswerException {
    int one = space();
    boolean first = where == Where.FIRST_RECORD;
    where = Where.RECORDS;
    if (one == ']') {
      where = Where.MEMBERS;
      return false;
    }
    if (!first) {
      if (one != ',') {
        throw notJson(one);
      }
      one = space();
    }
    begin(largestRecordBytes);
    value(one);
    return true;
  }

  /** Any value, from its first byte on. */
  private void value(int first) throws IOException, MalformedAnswerException {
    if (first == END) {
      throw cutShort();
    }
    keep(first);
    switch (first) {
      case '"' -> string();
      case '{', '[' -> nested();
      case ',', ':', '}', ']' -> throw notJson(first);
      default -> literal();
    }
  }

  private void nested() throws IOException, MalformedAnswerException {
    int depth = 1;
    while (depth > 0) {
      int one = read();
      if (one == END) {
        throw cutShort();
      }
      keep(one);
      switch (one) {
        case '"' -> string();
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
    }
  }

  /** A number, or a word: up to what ends it, which stays to be read. */
  private void literal() throws IOException {
    while (true) {
      int one = read();
      if (one == END) {
        return;
      }
      if (one == ',' || one == '}' || one == ']' || isSpace(one)) {
        at--;
        return;
      }
      keep(one);
    }
  }

  private void string() throws IOException, MalformedAnswerException {
    boolean escaped = false;
    while (true) {
      int one = read();
      if (one == END) {
        throw cutShort();
      }
      keep(one);
      if (!escaped && one == '"') {
        return;
      }
      escaped = !escaped && one == '\\';
    }
  }

  /** What is kept, where it is one scalar value; empty text for {@code null} and anything else. */
  private String scalar() throws MalformedAnswerException {
    if (textBytes > keptBytes) {
      throw new MalformedAnswerException(
          "a property of the page is longer than " + mostKept + " bytes" + QueryReader.RETRIED);
    }
    try (JsonParser parser = GraphJson.FACTORY.createParser(kept, 0, keptBytes)) {
      JsonToken token = parser.nextToken();
      return token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL
          ? ""
          : parser.getText();
    } catch (IOException e) {
      // Its message quotes the text.
      throw new MalformedAnswerException("the answer is not JSON" + QueryReader.RETRIED);
    }
  }

  private void begin(int most) {
    // The array of a large record is not kept for the small ones that follow.
    kept = kept.length > KEPT_OF_OVERSIZED_BYTES ? new byte[BUFFER_BYTES] : kept;
    keptBytes = 0;
    textBytes = 0;
    mostKept = most;
  }

  private void keep(int one) {
    textBytes++;
    if (textBytes > mostKept) {
      if (keptBytes > KEPT_OF_OVERSIZED_BYTES) {
        kept = Arrays.copyOf(kept, KEPT_OF_OVERSIZED_BYTES);
        keptBytes = KEPT_OF_OVERSIZED_BYTES;
      }
      return;
    }
    if (keptBytes == kept.length) {
      kept = Arrays.copyOf(kept, (int) Math.min(mostKept, 2L * kept.length));
    }
    kept[keptBytes++] = (byte) one;
  }

  private int space() throws IOException {
    int one = read();
    while (isSpace(one)) {
      one = read();
    }
    return one;
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

  private static MalformedAnswerException notJson(int one) {
    return one == END
        ? cutShort()
        : new MalformedAnswerException("the answer is not JSON" + QueryReader.RETRIED);
  }

  private static MalformedAnswerException cutShort() {
    return new MalformedAnswerException("the answer is cut short" + QueryReader.RETRIED);
  }
}
