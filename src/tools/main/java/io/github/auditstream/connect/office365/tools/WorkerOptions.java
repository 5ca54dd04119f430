package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.http.TlsContext;
import io.github.auditstream.connect.office365.model.Secret;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The options that say which worker's topics are read, where its REST API is and how to log in
 * there.
 */
@SuppressWarnings("NullAway.Init") // picocli sets what is required.
final class WorkerOptions {
  private static final String PASSWORD_VARIABLE = "OFFICE365_CONNECT_PASSWORD";
  private static final String TRUSTSTORE_VARIABLE = "OFFICE365_TRUSTSTORE_PASSWORD";

  @Option(
      names = "--worker",
      required = true,
      paramLabel = "FILE",
      description = "the Connect worker's properties: bootstrap.servers, security, converters")
  private WorkerFile file;

  @Option(
      names = "--connect",
      paramLabel = "URL",
      converter = Address.class,
      description = "a worker's REST API, for example http://localhost:8083")
  private @Nullable URI worker;

  @Option(names = "--name", paramLabel = "NAME", description = "the connector's name")
  private @Nullable String connector;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description =
          "log in to the REST API; the password comes from the environment variable "
              + PASSWORD_VARIABLE
              + ", from --password-file, or is asked")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "holds the password on its first line")
  private @Nullable Path passwordFile;

  @Option(
      names = "--truststore",
      paramLabel = "FILE",
      description =
          "whom to trust for https: PKCS12, JKS or PEM; its password comes from "
              + TRUSTSTORE_VARIABLE)
  private @Nullable String truststore;

  @Option(
      names = "--truststore-type",
      paramLabel = "TYPE",
      description = "PKCS12, JKS or PEM, where the file's name does not say")
  private @Nullable String truststoreType;

  /** Does not quote what is wrong: it may hold a password. */
  private static final class Address implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      try {
        URI uri = URI.create(text);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (Set.of("http", "https").contains(scheme)
            && uri.getHost() != null
            && uri.getUserInfo() == null) {
          return uri;
        }
      } catch (IllegalArgumentException e) {
        // Java's message quotes it, too.
      }
      throw new TypeConversionException("it is not an address like http://localhost:8083");
    }
  }

  WorkerFile file() {
    return file;
  }

  /** The connector's REST API; empty where no address is given. */
  Optional<WorkerRest> findRest(Program program) {
    return worker == null ? Optional.empty() : Optional.of(requireRest(program));
  }

  WorkerRest requireRest(Program program) {
    if (worker == null || connector == null) {
      throw new ToolException(
          (worker == null ? "--connect" : "--name") + " is missing; --help says what it is");
    }
    Optional<WorkerRest.Login> login =
        Optional.ofNullable(user).map(name -> new WorkerRest.Login(name, password(name, program)));
    Optional<SSLContext> tls = Optional.ofNullable(truststore).map(file -> tls(file, program));
    return new WorkerRest(worker, connector, login, tls, program.clock());
  }

  // From JDK 22 on there is always a console; without a terminal it reads no password.
  @SuppressWarnings("SystemConsoleNull")
  private Secret password(String name, Program program) {
    if (passwordFile != null) {
      try {
        return new Secret(Files.readString(passwordFile).lines().findFirst().orElse(""));
      } catch (IOException e) {
        throw new ToolException("The password cannot be read from " + passwordFile, e);
      }
    }
    String variable = program.environment().apply(PASSWORD_VARIABLE);
    if (variable != null) {
      return new Secret(variable);
    }
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("Password of %s: ", name);
    if (typed == null) {
      throw new ToolException(
          "There is no password for %s: set %s or give --password-file"
              .formatted(name, PASSWORD_VARIABLE));
    }
    return new Secret(new String(typed));
  }

  private SSLContext tls(String file, Program program) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, file);
    settings.put(
        SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
        truststoreType == null ? typeOf(file) : truststoreType);
    String password = program.environment().apply(TRUSTSTORE_VARIABLE);
    if (password != null) {
      settings.put(SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, new Password(password));
    }
    try {
      // Kafka expects all of its settings to be there, with their defaults.
      return TlsContext.create(new ConfigDef().withClientSslSupport().parse(settings));
    } catch (KafkaException e) {
      throw new ToolException(
          "The trust store %s cannot be used: check its type and %s"
              .formatted(file, TRUSTSTORE_VARIABLE),
          e);
    }
  }

  private static String typeOf(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    if (name.matches(".*\\.(pem|crt|cer)")) {
      return "PEM";
    }
    return name.endsWith(".jks") ? "JKS" : "PKCS12";
  }
}
