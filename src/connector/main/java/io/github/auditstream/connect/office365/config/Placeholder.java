package io.github.auditstream.connect.office365.config;

import java.util.regex.Pattern;

/**
 * A config provider's placeholder that is still there. The worker leaves one as it is where it has
 * no provider of that name, and where the provider has no such key (Kafka's {@code
 * ConfigTransformer}), so that a secret would be a text that everybody can read.
 */
public final class Placeholder {
  /** What is wrong with a value that is one, as the end of a sentence that begins with the key. */
  public static final String REASON = "holds a placeholder that the worker has not resolved";

  /** What to do about it. */
  public static final String FIX =
      "either its config.providers lack the one that the placeholder names, or that provider has no"
          + " such key, file or variable on this worker; check the provider's name, then what"
          + " is behind it";

  private static final Pattern WHOLE = Pattern.compile("\\$\\{[^}:]+:[^}]*}");

  private Placeholder() {}

  /** Whether all of a value is a placeholder, for example <code>${vault:path:key}</code>. */
  public static boolean is(String value) {
    return WHOLE.matcher(value).matches();
  }
}
