package io.github.auditstream.connect.office365.model;

import java.util.Locale;
import java.util.ResourceBundle;

/** The version of this build. */
public final class Version {
  private static final String TEXT =
      ResourceBundle.getBundle(
              "io.github.auditstream.connect.office365.version",
              Locale.ROOT,
              Version.class.getClassLoader())
          .getString("version");

  private Version() {}

  /** As in the build, for example {@code 0.1.0}. */
  public static String version() {
    return TEXT;
  }
}
