package io.github.auditstream.connect.office365.http;

import io.github.auditstream.connect.office365.config.InvalidValueException;
import io.github.auditstream.connect.office365.config.NetworkKeys;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Whether this JVM sends a user name and password to a proxy that opens a tunnel. Java refuses
 * Basic authentication there unless configured otherwise ({@code conf/net.properties}).
 */
public final class ProxyAuthentication {
  private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  private ProxyAuthentication() {}

  /** Whether Basic authentication gets through. */
  public static boolean basicIsAllowed() {
    String disabled = System.getProperty(DISABLED_SCHEMES);
    if (disabled == null) {
      disabled = ofTheJvm();
    }
    return Stream.of(disabled.split(",", -1))
        .noneMatch(scheme -> scheme.strip().equalsIgnoreCase("Basic"));
  }

  private static String ofTheJvm() {
    Path file = Path.of(System.getProperty("java.home"), "conf", "net.properties");
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      return "Basic";
    }
    return properties.getProperty(DISABLED_SCHEMES, "");
  }

  /** What to say where it is not, beginning with the key. */
  public static String whyBlocked() {
    return NetworkKeys.PROXY_USER.key() + " " + blocked().getMessage() + ".";
  }

  /** What is wrong with a proxy user where it does not. */
  public static InvalidValueException blocked() {
    return new InvalidValueException(
        "cannot work on this worker, since its JVM refuses to send passwords to a proxy",
        "start the worker with -D" + DISABLED_SCHEMES + "= in KAFKA_OPTS");
  }
}
