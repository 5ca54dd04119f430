package io.github.auditstream.connect.office365.model;

/**
 * A value that must not be shown. It hides itself wherever it is printed, so that a record holding
 * one can be logged.
 *
 * @param reveal the secret text; never empty
 */
public record Secret(String reveal) {
  public Secret {
    if (reveal.isEmpty()) {
      throw new IllegalArgumentException("a secret must not be empty");
    }
  }

  @Override
  public String toString() {
    return "[hidden]";
  }
}
