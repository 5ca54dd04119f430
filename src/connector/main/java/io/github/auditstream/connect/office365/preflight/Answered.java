package io.github.auditstream.connect.office365.preflight;

/** The answer to a question that may not have been answered. */
public enum Answered {
  YES,
  NO,
  UNKNOWN;

  static Answered of(boolean value) {
    return value ? YES : NO;
  }
}
