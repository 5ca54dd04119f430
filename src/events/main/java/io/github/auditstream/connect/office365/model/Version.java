package io.github.auditstream.connect.office365.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build. */
public final class Version {
  private static final String RESOURCE =
      "/io/github/auditstream/connect/office365/version.properties";
  private static final String TEXT = read();

  private Version() {}

  /** As in the build, for example {@code 0.1.0}. */
  public static String version() {
    return TEXT;
  }

  private static String read() {
    try (InputStream resource = Version.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException("the plugin's jar lacks " + RESOURCE);
      }
      Properties properties = new Properties();
      properties.load(resource);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
