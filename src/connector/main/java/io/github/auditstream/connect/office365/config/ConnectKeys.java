package io.github.auditstream.connect.office365.config;

import java.util.Map;

/** Kafka Connect's own keys of a connector, of which some values break a promise of this one. */
final class ConnectKeys {
  /** Has no default of a worker's: {@code ConnectorConfig} alone defines it, as {@code none}. */
  static final String ERRORS_TOLERANCE = "errors.tolerance";

  private static final String ALL = "all";

  private ConnectKeys() {}

  /** Notes what Connect would take and must not be. */
  static void refuse(Map<String, String> props, ConfigErrors errors) {
    String tolerance = props.get(ERRORS_TOLERANCE);
    if (tolerance != null && tolerance.strip().equalsIgnoreCase(ALL)) {
      errors.add(
          ERRORS_TOLERANCE,
          "is all, which loses events and their receipts silently: Kafka Connect drops each"
              + " record that a converter or transform fails on, as while a schema registry is unavailable,"
              + " or that Kafka refuses, and goes on behind it",
          "remove the key, or write none, with which such an error fails the task; once restarted it"
              + " goes on where it was and nothing is lost");
    }
  }
}
