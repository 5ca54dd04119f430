package io.github.auditstream.connect.office365.records;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Event Ids as record keys and in offsets. They are documented to be GUIDs, but an event can hold
 * any text there; what no serializer would take, or what would swell the offset, is replaced by its
 * hash.
 */
public final class EventIds {
  private static final int LONGEST = 128;

  private EventIds() {}

  public static String text(String id) {
    return id.length() <= LONGEST && id.chars().allMatch(EventIds::isPlain) ? id : hash(id);
  }

  private static boolean isPlain(int character) {
    return character >= ' ' && character < 0x7F;
  }

  private static String hash(String id) {
    byte[] digest = Sha256.of(id.getBytes(StandardCharsets.UTF_16BE));
    return "sha256:" + HexFormat.of().formatHex(digest);
  }
}
