package io.github.auditstream.connect.office365.preflight;

/**
 * Something that was found.
 *
 * @param severity how bad it is
 * @param key the configuration key to look at, without a tenant's prefix
 * @param description what was found and what to do, in whole sentences and without secrets
 */
public record Finding(Severity severity, String key, String description) {

  /** How bad it is. */
  public enum Severity {
    /** The tenant cannot be read so. */
    ERROR,
    /** Worth knowing; the connector copes with it. */
    NOTE
  }

  static Finding error(String key, String description) {
    return new Finding(Severity.ERROR, key, description);
  }

  static Finding note(String key, String description) {
    return new Finding(Severity.NOTE, key, description);
  }
}
