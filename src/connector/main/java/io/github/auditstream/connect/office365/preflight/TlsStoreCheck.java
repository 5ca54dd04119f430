package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.config.ConfigErrors;
import io.github.auditstream.connect.office365.config.InvalidValueException;
import io.github.auditstream.connect.office365.http.TlsContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with one of the two TLS stores.
 *
 * @param location the key of its file
 * @param password the key of its password
 * @param inline the key of its content as text, in place of a file
 * @param others what the keys of the other store begin with
 */
record TlsStoreCheck(String location, String password, String inline, List<String> others) {
  static final TlsStoreCheck TRUSTSTORE =
      new TlsStoreCheck(
          SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
          SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
          SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
          List.of("ssl.keystore.", "ssl.key."));
  static final TlsStoreCheck KEYSTORE =
      new TlsStoreCheck(
          SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
          SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
          SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
          List.of("ssl.truststore."));

  /**
   * Adds what is wrong with the store.
   *
   * @param all as in {@link io.github.auditstream.connect.office365.config.HttpSettings#ssl()}
   */
  void check(Map<String, Object> all, ConfigErrors errors) {
    Map<String, Object> ssl = new HashMap<>(all);
    ssl.keySet().removeIf(key -> others.stream().anyMatch(key::startsWith));
    Object path = ssl.get(location);
    if (path != null && !isReadable(path.toString())) {
      errors.add(
          location,
          "names a file that cannot be read",
          "name one that is there on every worker and readable for the worker's user");
      return;
    }
    try (DefaultSslEngineFactory stores = TlsContext.stores(ssl)) {
      requireEntries(stores);
    } catch (InvalidValueException e) {
      errors.add(path == null ? inline : location, e);
    } catch (KafkaException | KeyStoreException e) {
      addUnusable(path, ssl, errors);
    }
  }

  private void addUnusable(@Nullable Object path, Map<String, Object> ssl, ConfigErrors errors) {
    String store = location.replace(".location", "");
    String reason = "cannot be used with the other " + store + " settings";
    if (path != null) {
      errors.add(location, reason, "check " + store + ".type and " + password);
    } else if (ssl.containsKey(inline)) {
      errors.add(inline, reason, "check " + store + ".type, which must be PEM");
    } else {
      errors.add(password, "is set without a store", "write " + location + ", or remove it");
    }
  }

  /** TLS would fail with an empty store, or go without it in silence. */
  private static void requireEntries(DefaultSslEngineFactory stores)
      throws KeyStoreException, InvalidValueException {
    KeyStore trust = stores.truststore();
    // A private key's own certificate is trusted too.
    if (trust != null
        && !has(trust, KeyStore.TrustedCertificateEntry.class)
        && !has(trust, KeyStore.PrivateKeyEntry.class)) {
      throw new InvalidValueException(
          "names a store that has no certificate in it",
          "import the authority's certificate by 'keytool -importcert'");
    }
    KeyStore keys = stores.keystore();
    if (keys != null && !has(keys, KeyStore.PrivateKeyEntry.class)) {
      throw new InvalidValueException(
          "names a store that has no private key with a certificate in it",
          "export the certificate together with its private key");
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

  private static boolean isReadable(String path) {
    try (var file = Files.newInputStream(Path.of(path))) {
      return file.read() >= 0;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
