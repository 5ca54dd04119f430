package io.github.auditstream.connect.office365.graph;

/** The versions of Microsoft Graph that serve audit log queries. */
public enum GraphVersion {
  V1("v1.0"),
  BETA("beta");

  private final String path;

  GraphVersion(String path) {
    this.path = path;
  }

  /** As it stands in addresses. */
  public String path() {
    return path;
  }
}
