package io.github.auditstream.connect.office365.config;

/** The groups of settings, in the order in which they are documented. */
enum Group {
  TENANTS("Tenants"),
  AUTHENTICATION("Authentication"),
  CLOUD("Cloud"),
  CONTENT("Content"),
  TOPICS("Topics"),
  POLLING("Polling"),
  LIMITS("Limits"),
  NETWORK("Network");

  private final String title;

  Group(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
