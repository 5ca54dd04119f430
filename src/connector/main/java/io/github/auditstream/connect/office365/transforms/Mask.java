package io.github.auditstream.connect.office365.transforms;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What replaces a masked text. */
sealed interface Mask {

  /** What replaces the text; null if nothing does. */
  @Nullable String of(String text);

  /** Nothing: the field is removed. */
  record Remove() implements Mask {
    @Override
    public @Nullable String of(String text) {
      return null;
    }
  }

  /**
   * The same text for all.
   *
   * @param text may be empty
   */
  record Replace(String text) implements Mask {
    @Override
    public String of(String ignored) {
      return text;
    }
  }

  /**
   * HMAC-SHA-256 of the text in UTF-8, as 64 hexadecimal digits: equal texts have equal hashes, and
   * without the key nobody can try out which text has which. Not thread-safe.
   */
  final class Hash implements Mask {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    Hash(String key) {
      try {
        mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("Every Java has " + ALGORITHM, e);
      }
    }

    @Override
    public String of(String text) {
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
