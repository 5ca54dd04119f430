package io.github.auditstream.connect.office365.simulator;

/** Application permissions of the API "Office 365 Management APIs". */
public enum Permission {
  READ("ActivityFeed.Read"),
  READ_DLP("ActivityFeed.ReadDlp");

  private final String role;

  Permission(String role) {
    this.role = role;
  }

  /** The name as it is in a token's roles. */
  public String role() {
    return role;
  }
}
