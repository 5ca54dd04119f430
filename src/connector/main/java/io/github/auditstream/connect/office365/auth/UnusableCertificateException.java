package io.github.auditstream.connect.office365.auth;

/** A certificate's file cannot be used. Its texts name files and never hold a secret. */
public final class UnusableCertificateException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final String reason;
  private final String fix;

  UnusableCertificateException(String key, String reason, String fix) {
    super(key + " " + reason + ": " + fix);
    this.key = key;
    this.reason = reason;
    this.fix = fix;
  }

  /** The key to change, without a tenant's prefix. */
  public String key() {
    return key;
  }

  /** What is wrong, as the end of a sentence that begins with the key. */
  public String reason() {
    return reason;
  }

  /** What to do. */
  public String fix() {
    return fix;
  }
}
