package io.github.auditstream.connect.office365.config;

import io.github.auditstream.connect.office365.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads the file of a federated assertion. */
public final class AssertionFile {
  /** Header, claims and signature of a JSON Web Token, in its compact form. */
  private static final Pattern JWT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private static final int LONGEST = 64 * 1024;

  private AssertionFile() {}

  /**
   * The assertion as it is in the file now.
   *
   * @throws IOException if there is no assertion to be had; its message can be shown
   */
  public static Secret load(Path location) throws IOException {
    try {
      return read(location);
    } catch (Fault fault) {
      throw new IOException(Keys.ASSERTION_LOCATION + " " + fault.getMessage());
    }
  }

  static Secret read(Path location) throws Fault {
    String text;
    try (var file = Files.newInputStream(location)) {
      text = TextFile.ascii(file.readNBytes(LONGEST)).strip();
    } catch (Fault fault) {
      throw new Fault("names " + location + ", which " + fault.fault(), fault.mend());
    } catch (IOException e) {
      throw new Fault(
          "names " + location + ", which cannot be read (" + e.getClass().getSimpleName() + ")",
          "mount the identity provider's token there, readable for the worker's user");
    }
    if (!JWT.matcher(text).matches()) {
      throw new Fault(
          "names " + location + ", which holds no JSON Web Token",
          "name the file with the identity provider's token itself");
    }
    return new Secret(text);
  }
}
