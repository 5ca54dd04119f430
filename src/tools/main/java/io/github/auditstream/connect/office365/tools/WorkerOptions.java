package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.http.TlsContext;
import io.github.auditstream.connect.office365.model.Secret;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** The options that say where a worker's REST API is and how to log in. */
final class WorkerOptions {
  static final String CONNECT = "--connect";
  static final String NAME = "--name";
  private static final String USER = "--user";
  private static final String PASSWORD_FILE = "--password-file";
  private static final String TRUSTSTORE = "--truststore";
  private static final String TRUSTSTORE_TYPE = "--truststore-type";

  static final Set<String> ALL =
      Set.of(CONNECT, NAME, USER, PASSWORD_FILE, TRUSTSTORE, TRUSTSTORE_TYPE);

  static final String PASSWORD_VARIABLE = "OFFICE365_CONNECT_PASSWORD";
  static final String TRUSTSTORE_VARIABLE = "OFFICE365_TRUSTSTORE_PASSWORD";

  static final String HELP =
      """
        --connect URL          a worker's REST API, for example http://localhost:8083
        --name NAME            the connector's name
        --user NAME            log in to the REST API; the password comes from the environment
                               variable OFFICE365_CONNECT_PASSWORD, from --password-file, or is asked
        --password-file FILE   holds the password on its first line
        --truststore FILE      whom to trust for https: PKCS12, JKS or PEM (--truststore-type); its
                               password comes from OFFICE365_TRUSTSTORE_PASSWORD
      """;

  private WorkerOptions() {}

  /**
   * @param environment gives an environment variable's value, or null
   */
  static WorkerRest rest(
      Arguments options, Function<String, @Nullable String> environment, Clock clock) {
    URI worker = uri(options.require(CONNECT));
    return new WorkerRest(
        worker,
        options.require(NAME),
        options
            .find(USER)
            .map(user -> new WorkerRest.Login(user, password(options, user, environment))),
        options.find(TRUSTSTORE).map(file -> tls(file, options, environment)),
        clock);
  }

  private static URI uri(String text) {
    try {
      URI uri = URI.create(text);
      boolean web =
          Set.of("http", "https")
              .contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT));
      if (web && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new ToolException(CONNECT + " is an address such as http://localhost:8083", e);
    }
    throw new ToolException(CONNECT + " is an address such as http://localhost:8083");
  }

  // From JDK 22 on there is always a console; without a terminal it reads no password.
  @SuppressWarnings("SystemConsoleNull")
  private static Secret password(
      Arguments options, String user, Function<String, @Nullable String> environment) {
    Optional<String> file = options.find(PASSWORD_FILE);
    if (file.isPresent()) {
      try {
        return new Secret(Files.readString(Path.of(file.get())).lines().findFirst().orElse(""));
      } catch (IOException e) {
        throw new ToolException("The password cannot be read from " + file.get(), e);
      }
    }
    String variable = environment.apply(PASSWORD_VARIABLE);
    if (variable != null) {
      return new Secret(variable);
    }
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("Password of %s: ", user);
    if (typed == null) {
      throw new ToolException(
          "There is no password for "
              + user
              + ": set "
              + PASSWORD_VARIABLE
              + " or give "
              + PASSWORD_FILE);
    }
    return new Secret(new String(typed));
  }

  private static SSLContext tls(
      String file, Arguments options, Function<String, @Nullable String> environment) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, file);
    settings.put(
        SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
        options.find(TRUSTSTORE_TYPE).orElseGet(() -> typeOf(file)));
    String password = environment.apply(TRUSTSTORE_VARIABLE);
    if (password != null) {
      settings.put(SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, new Password(password));
    }
    // Kafka expects all of its settings to be there, with their defaults.
    ConfigDef all = new ConfigDef().withClientSslSupport();
    try {
      return TlsContext.create(all.parse(settings));
    } catch (KafkaException e) {
      throw new ToolException(
          "The trust store " + file + " cannot be used: check its type and " + TRUSTSTORE_VARIABLE,
          e);
    }
  }

  private static String typeOf(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    if (name.endsWith(".pem") || name.endsWith(".crt") || name.endsWith(".cer")) {
      return "PEM";
    }
    return name.endsWith(".jks") ? "JKS" : "PKCS12";
  }
}
