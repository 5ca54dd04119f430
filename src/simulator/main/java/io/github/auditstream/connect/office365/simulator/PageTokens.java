package io.github.auditstream.connect.office365.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opaque next-page tokens: the place of the last blob of the page before, signed together with the
 * listing that it belongs to, so that no list has to be kept between pages and no change goes
 * unseen. Thread-safe.
 */
final class PageTokens {
  private static final int PLACE_BYTES = 8 + 8 + 8;

  private final SecretKeySpec key;

  PageTokens() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, "HmacSHA256");
  }

  /**
   * What a token says.
   *
   * @param after the page begins after this place
   * @param issued when the token was made
   */
  record Position(BlobShelf.Place after, Instant issued) {}

  /**
   * @param listing whatever identifies the listing: tenant, content type and both bounds as sent
   */
  String write(BlobShelf.Place after, String listing, Instant now) {
    ByteBuffer bytes = ByteBuffer.allocate(PLACE_BYTES + 32);
    bytes.putLong(after.visibleFrom().toEpochMilli());
    bytes.putLong(after.number());
    bytes.putLong(now.toEpochMilli());
    bytes.put(signature(bytes.array(), listing));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** Reads a token; empty where it was altered or belongs to another listing. */
  Optional<Position> read(String token, String listing) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length != PLACE_BYTES + 32) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Instant visibleFrom = Instant.ofEpochMilli(buffer.getLong());
    long number = buffer.getLong();
    Instant issued = Instant.ofEpochMilli(buffer.getLong());
    byte[] signature = new byte[32];
    buffer.get(signature);
    return MessageDigest.isEqual(signature, signature(bytes, listing))
        ? Optional.of(new Position(new BlobShelf.Place(visibleFrom, number), issued))
        : Optional.empty();
  }

  private byte[] signature(byte[] bytes, String listing) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(bytes, 0, PLACE_BYTES);
      return mac.doFinal(listing.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", e);
    }
  }
}
