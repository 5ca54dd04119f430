package io.github.auditstream.connect.office365.dedupe;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An Id in 128 bits: those of a GUID, whatever its letters' case, or else the first of the text's
 * SHA-256.
 *
 * @param high the first 64 bits
 * @param low the others
 */
record IdBits(long high, long low) {
  static final IdBits ZERO = new IdBits(0, 0);

  private static final int GUID_LENGTH = 36;
  private static final int DIGITS_OF_A_LONG = 16;

  static IdBits of(String id) {
    IdBits guid = guid(id);
    return guid != null ? guid : digest(id);
  }

  private static @Nullable IdBits guid(String text) {
    if (text.length() != GUID_LENGTH) {
      return null;
    }
    long high = 0;
    long low = 0;
    int digits = 0;
    for (int i = 0; i < GUID_LENGTH; i++) {
      char character = text.charAt(i);
      if (i == 8 || i == 13 || i == 18 || i == 23) {
        if (character != '-') {
          return null;
        }
      } else if (!HexFormat.isHexDigit(character)) {
        return null;
      } else if (digits++ < DIGITS_OF_A_LONG) {
        high = (high << 4) | HexFormat.fromHexDigit(character);
      } else {
        low = (low << 4) | HexFormat.fromHexDigit(character);
      }
    }
    return new IdBits(high, low);
  }

  /** Of all its 16 bits a character: an encoder makes the same of halves of characters. */
  private static IdBits digest(String text) {
    ByteBuffer characters = ByteBuffer.allocate(text.length() * Character.BYTES);
    characters.asCharBuffer().put(text);
    try {
      ByteBuffer digest =
          ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(characters.array()));
      return new IdBits(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** All bits spread over 64, so that Ids that differ anywhere differ everywhere. */
  long spread() {
    return mix(mix(high + 0x9E3779B97F4A7C15L) ^ low);
  }

  /** The finalizer of MurmurHash3. */
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ (mixed >>> 33);
  }
}
