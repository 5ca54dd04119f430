package io.github.auditstream.connect.office365.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
      configure(factory, ssl);
      return factory.sslContext();
    }
  }

  /** Whatever Kafka's factory and the JVM's stores make of a file that they did not expect. */
  private static void configure(DefaultSslEngineFactory factory, Map<String, Object> ssl) {
    try {
      factory.configure(ssl);
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new KafkaException("A store cannot be used", e);
    }
  }

  /** What a store lacks that can be read: TLS would fail with it, or go without it in silence. */
  private static Optional<Fault> lack(Map<String, Object> ssl) {
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      configure(factory, ssl);
      KeyStore trust = factory.truststore();
      if (trust != null && !has(trust, KeyStore.TrustedCertificateEntry.class)) {
        // A private key's own certificate is trusted too.
        return has(trust, KeyStore.PrivateKeyEntry.class)
            ? Optional.empty()
            : Optional.of(
                new Fault(
                    "names a store that has no certificate in it",
                    "import the authority's certificate by 'keytool -importcert'"));
      }
      KeyStore keys = factory.keystore();
      return keys == null || has(keys, KeyStore.PrivateKeyEntry.class)
          ? Optional.empty()
          : Optional.of(
              new Fault(
                  "names a store that has no private key with a certificate in it",
                  "export the certificate together with its private key"));
    } catch (KeyStoreException e) {
      throw new KafkaException("A store cannot be used", e);
    }
  }

  private static boolean has(KeyStore store, Class<? extends KeyStore.Entry> kind)
      throws KeyStoreException {
    for (String alias : Collections.list(store.aliases())) {
      if (store.entryInstanceOf(alias, kind)) {
        return true;
      }
    }
    return false;
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
      String key = path == null ? inline : location;
      lack(ssl).ifPresent(fault -> problems.add(key, fault));
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
