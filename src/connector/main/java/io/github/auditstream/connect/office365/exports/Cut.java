package io.github.auditstream.connect.office365.exports;

import java.nio.ByteBuffer;

/**
 * A row as it was cut out of a file.
 *
 * @param text it, or its beginning where it is too large
 * @param textBytes how long it is in all
 * @param fault why it is no row, after "the row", such as "is cut short"; empty if it may be one
 */
record Cut(ByteBuffer text, long textBytes, String fault) {
  /** What is kept of a row over the limit, and of one that is refused. */
  static final int KEPT_BYTES = 64 * 1024;

  static final String TOO_LARGE = "is larger than what is read of a row";
  static final String UNCLOSED = "begins a text in quotes that does not end";

  static Cut of(byte[] text, long textBytes, String fault) {
    return new Cut(ByteBuffer.wrap(text), textBytes, fault);
  }

  boolean isRow() {
    return fault.isEmpty();
  }
}
