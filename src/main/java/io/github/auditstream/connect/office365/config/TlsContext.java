package io.github.auditstream.connect.office365.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Builds TLS contexts as Kafka's own clients do. */
public final class TlsContext {
  private static final Set<String> OF_TRUST = keys("ssl.truststore.");
  private static final Set<String> OF_KEYS = keys("ssl.key");

  private TlsContext() {}

  /**
   * The context of Kafka's {@code ssl.*} settings; the JVM's own trust store where there are none.
   * Stores in files are read again when they change.
   *
   * @param ssl as in {@link HttpSettings#ssl()}
   * @throws KafkaException if a store cannot be read
   */
  public static SSLContext create(Map<String, Object> ssl) {
    List<Path> files =
        Stream.of(SslKeys.TRUSTSTORE_LOCATION, SslKeys.KEYSTORE_LOCATION)
            .map(location -> ssl.get(location.key()))
            .filter(Objects::nonNull)
            .map(path -> Path.of(path.toString()))
            .toList();
    return files.isEmpty() ? read(ssl) : ReloadingTls.of(files, () -> read(ssl));
  }

  private static SSLContext read(Map<String, Object> ssl) {
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(ssl);
      return factory.sslContext();
    }
  }

  /** Notes the stores that cannot be used. */
  static void check(Map<String, Object> ssl, Problems problems) {
    check(
        without(OF_KEYS, ssl),
        SslKeys.TRUSTSTORE_LOCATION.key(),
        SslKeys.TRUSTSTORE_PASSWORD.key(),
        SslKeys.TRUSTSTORE_CERTIFICATES.key(),
        problems);
    check(
        without(OF_TRUST, ssl),
        SslKeys.KEYSTORE_LOCATION.key(),
        SslKeys.KEYSTORE_PASSWORD.key(),
        SslKeys.KEYSTORE_KEY.key(),
        problems);
  }

  private static void check(
      Map<String, Object> ssl, String location, String password, String inline, Problems problems) {
    Object path = ssl.get(location);
    if (path != null && !isReadable(path.toString())) {
      problems.add(
          location,
          "names a file that cannot be read",
          "name one that is there on every worker and readable for the worker's user");
      return;
    }
    try {
      read(ssl);
    } catch (KafkaException e) {
      String store = location.replace(".location", "");
      String fault = "cannot be used with the other " + store + " settings";
      String mend = "check " + store + ".type and " + password;
      if (path != null) {
        problems.add(location, fault, mend);
      } else if (ssl.containsKey(inline)) {
        problems.add(inline, fault, "check " + store + ".type, which must be PEM");
      } else {
        problems.add(password, "is set without a store", "write " + location + ", or remove it");
      }
    }
  }

  private static boolean isReadable(String path) {
    try (var file = Files.newInputStream(Path.of(path))) {
      return file.read() >= 0;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static Map<String, Object> without(Set<String> keys, Map<String, Object> ssl) {
    Map<String, Object> rest = new HashMap<>(ssl);
    rest.keySet().removeAll(keys);
    return rest;
  }

  private static Set<String> keys(String prefix) {
    List<String> algorithms =
        List.of(SslKeys.KEYMANAGER_ALGORITHM.key(), SslKeys.TRUSTMANAGER_ALGORITHM.key());
    return SslKeys.ALL.stream()
        .<String>map(Setting::key)
        .filter(key -> key.startsWith(prefix) && !algorithms.contains(key))
        .collect(Collectors.toUnmodifiableSet());
  }
}
