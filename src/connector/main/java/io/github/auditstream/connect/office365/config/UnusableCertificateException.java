package io.github.auditstream.connect.office365.config;

/** A certificate's file cannot be used. Its texts name files and never hold a secret. */
public final class UnusableCertificateException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final String fault;
  private final String mend;

  UnusableCertificateException(String key, String fault, String mend) {
    super(key + " " + fault + ": " + mend);
    this.key = key;
    this.fault = fault;
    this.mend = mend;
  }

  /** The key to mend, without a tenant's prefix. */
  public String key() {
    return key;
  }

  /** What is wrong, as the end of a sentence that begins with the key. */
  public String fault() {
    return fault;
  }

  /** What to do. */
  public String mend() {
    return mend;
  }
}
