package io.github.auditstream.connect.office365.simulator.graph;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opaque tokens in the addresses of next pages: where the page begins, signed together with the
 * list that it belongs to, so that no change goes unseen. Thread-safe.
 */
public final class SkipTokens {
  private static final int PLACE_BYTES = 8;
  private static final int LENGTH = PLACE_BYTES + 32;

  private final SecretKeySpec key;

  public SkipTokens() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, "HmacSHA256");
  }

  /**
   * Makes a token.
   *
   * @param list whatever identifies the list and how it is paged
   */
  public String write(long place, String list) {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
    bytes.putLong(place);
    bytes.put(signature(place, list));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** Reads a token; empty where it was altered or belongs to another list. */
  public OptionalLong read(String token, String list) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return OptionalLong.empty();
    }
    if (bytes.length != LENGTH) {
      return OptionalLong.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long place = buffer.getLong();
    byte[] signature = new byte[32];
    buffer.get(signature);
    return MessageDigest.isEqual(signature, signature(place, list))
        ? OptionalLong.of(place)
        : OptionalLong.empty();
  }

  private byte[] signature(long place, String list) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal((place + "|" + list).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", e);
    }
  }
}
