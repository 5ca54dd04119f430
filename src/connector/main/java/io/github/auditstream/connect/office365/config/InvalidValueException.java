package io.github.auditstream.connect.office365.config;

/** A value that cannot be used, with what to write instead. Its texts never hold a secret. */
public class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String fix;

  /**
   * @param reason the end of a sentence that begins with the key, such as {@code is not a GUID}
   * @param fix what to write instead
   */
  public InvalidValueException(String reason, String fix) {
    super(reason + ": " + fix);
    this.reason = reason;
    this.fix = fix;
  }

  /** What is wrong, as the end of a sentence that begins with the key. */
  public String reason() {
    return reason;
  }

  /** What to write instead. */
  public String fix() {
    return fix;
  }
}
