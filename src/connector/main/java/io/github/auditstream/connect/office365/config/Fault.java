package io.github.auditstream.connect.office365.config;

/** A value that cannot be used, with what to write instead. Its texts never hold a secret. */
final class Fault extends Exception {
  private static final long serialVersionUID = 1L;

  private final String fault;
  private final String mend;

  /**
   * @param fault the end of a sentence that begins with the key, such as {@code is not a GUID}
   * @param mend what to write instead
   */
  Fault(String fault, String mend) {
    super(fault + ": " + mend);
    this.fault = fault;
    this.mend = mend;
  }

  String fault() {
    return fault;
  }

  String mend() {
    return mend;
  }
}
