package io.github.auditstream.connect.office365.exports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Gives a file's text as UTF-8 without a byte order mark, which says what else it is. */
final class Unicode {
  private static final int BUFFER_BYTES = 64 * 1024;

  private Unicode() {}

  static InputStream utf8(InputStream file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(file, BUFFER_BYTES);
    in.mark(3);
    byte[] mark = in.readNBytes(3);
    in.reset();
    if (startsWith(mark, 0xef, 0xbb, 0xbf)) {
      in.skipNBytes(3);
      return in;
    }
    if (startsWith(mark, 0xff, 0xfe)) {
      in.skipNBytes(2);
      return new Utf16Stream(in, false);
    }
    if (startsWith(mark, 0xfe, 0xff)) {
      in.skipNBytes(2);
      return new Utf16Stream(in, true);
    }
    if (mark.length > 1 && (mark[0] == 0) != (mark[1] == 0)) {
      // Without a mark; what exports begin with is ASCII.
      return new Utf16Stream(in, mark[0] == 0);
    }
    return in;
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
