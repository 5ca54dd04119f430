package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.config.CredentialKeys;
import io.github.auditstream.connect.office365.config.InvalidValueException;
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
   * @throws UnusableCredentialException if there is none to be had
   */
  public static Secret read(Path location) throws UnusableCredentialException {
    String text;
    try (var file = Files.newInputStream(location)) {
      text = TextFile.ascii(file.readNBytes(LONGEST)).strip();
    } catch (InvalidValueException e) {
      throw unusable(location, e.reason(), e.fix());
    } catch (IOException e) {
      throw unusable(
          location,
          "cannot be read (" + e.getClass().getSimpleName() + ")",
          "mount the identity provider's token there, readable for the worker's user");
    }
    if (!JWT.matcher(text).matches()) {
      throw unusable(
          location,
          "holds no JSON Web Token",
          "name the file with the identity provider's token itself");
    }
    return new Secret(text);
  }

  private static UnusableCredentialException unusable(Path location, String what, String fix) {
    return new UnusableCredentialException(
        CredentialKeys.ASSERTION_LOCATION.key(), location, what, fix);
  }
}
