package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.config.InvalidValueException;
import java.nio.file.Path;

/** A credential's file cannot be used. Its texts name files and never hold a secret. */
public final class UnusableCredentialException extends InvalidValueException {
  private static final long serialVersionUID = 1L;

  private final String key;

  UnusableCredentialException(String key, String reason, String fix) {
    super(reason, fix);
    this.key = key;
  }

  /**
   * A file is wrong in itself.
   *
   * @param what is wrong, as the end of a sentence about the file
   */
  UnusableCredentialException(String key, Path file, String what, String fix) {
    this(key, "names " + file + ", which " + what, fix);
  }

  /** The key to change, without a tenant's prefix. */
  public String key() {
    return key;
  }

  /** Begins with the key. */
  @Override
  public String getMessage() {
    return key + " " + super.getMessage();
  }
}
