package io.github.auditstream.connect.office365.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The version of Microsoft Graph to ask for audit log queries. */
public enum ApiVersion {
  /** v1.0, and beta where a tenant is not served it. */
  AUTO,
  V1_0,
  BETA;

  /** As the configuration writes it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  static List<String> words() {
    return Stream.of(values()).map(ApiVersion::word).toList();
  }
}
