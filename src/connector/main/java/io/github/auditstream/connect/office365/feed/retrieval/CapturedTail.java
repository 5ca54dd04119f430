package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.records.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A blob's body on its way to the reader: counts and digests it, and keeps the last bytes that went
 * by, so that a blob that breaks off can be looked into. For one thread.
 */
final class CapturedTail extends FilterInputStream {
  static final int KEPT_BYTES = 64 * 1024;

  private final MessageDigest digest = Sha256.start();
  private final byte[] ring = new byte[KEPT_BYTES];
  private long count;

  CapturedTail(InputStream body) {
    super(body);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read > 0) {
      digest.update(buffer, offset, read);
      keep(buffer, offset, read);
    }
    return read;
  }

  private void keep(byte[] buffer, int offset, int length) {
    int kept = Math.min(length, KEPT_BYTES);
    int from = offset + length - kept;
    int place = (int) ((count + length - kept) % KEPT_BYTES);
    int first = Math.min(kept, KEPT_BYTES - place);
    System.arraycopy(buffer, from, ring, place, first);
    System.arraycopy(buffer, from + first, ring, 0, kept - first);
    count += length;
  }

  long count() {
    return count;
  }

  /** The digest of all that went by, in hexadecimal; ends the counting. */
  String sha256Hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The last bytes that went by, at most {@link #KEPT_BYTES}. */
  ByteBuffer tail() {
    int length = (int) Math.min(count, KEPT_BYTES);
    byte[] tail = new byte[length];
    int start = (int) ((count - length) % KEPT_BYTES);
    int first = Math.min(length, KEPT_BYTES - start);
    System.arraycopy(ring, start, tail, 0, first);
    System.arraycopy(ring, 0, tail, first, length - first);
    return ByteBuffer.wrap(tail);
  }
}
