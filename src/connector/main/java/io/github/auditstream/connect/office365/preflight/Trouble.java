package io.github.auditstream.connect.office365.preflight;

/**
 * Something that was found.
 *
 * @param weight how bad it is
 * @param key the configuration key to look at, without a tenant's prefix
 * @param words what was found and what to do, in whole sentences and without secrets
 */
public record Trouble(Weight weight, String key, String words) {

  /** How bad it is. */
  public enum Weight {
    /** The tenant cannot be read so. */
    FAULT,
    /** Worth knowing; the connector copes with it. */
    NOTE
  }

  static Trouble fault(String key, String words) {
    return new Trouble(Weight.FAULT, key, words);
  }

  static Trouble note(String key, String words) {
    return new Trouble(Weight.NOTE, key, words);
  }
}
