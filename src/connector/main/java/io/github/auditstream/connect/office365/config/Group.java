package io.github.auditstream.connect.office365.config;

import java.util.Locale;

/** The groups of settings, in the order in which they are documented. */
enum Group {
  TENANTS,
  AUTHENTICATION,
  CLOUD,
  CONTENT,
  HISTORY,
  TOPICS,
  POLLING,
  LIMITS,
  NETWORK;

  String title() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }
}
