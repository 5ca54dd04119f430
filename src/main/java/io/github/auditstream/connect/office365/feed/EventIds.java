package io.github.auditstream.connect.office365.feed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Event Ids as record keys and in offsets. They are documented to be GUIDs, but an event can hold
 * any text there; what no serializer would take, or what would swell the offset, is replaced by its
 * hash.
 */
final class EventIds {
  private static final int LONGEST = 128;

  private EventIds() {}

  static String text(String id) {
    return id.length() <= LONGEST && id.chars().allMatch(EventIds::isPlain) ? id : hash(id);
  }

  private static boolean isPlain(int character) {
    return character >= ' ' && character < 0x7F;
  }

  private static String hash(String id) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_16BE));
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
