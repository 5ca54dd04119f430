package io.github.auditstream.connect.office365.http;

import io.github.auditstream.connect.office365.config.HttpSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Builds TLS contexts as Kafka's own clients do. */
public final class TlsContext {
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
        Stream.of(
                SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG)
            .map(ssl::get)
            .filter(Objects::nonNull)
            .map(path -> Path.of(path.toString()))
            .toList();
    return files.isEmpty() ? read(ssl) : ReloadingTls.of(files, () -> read(ssl));
  }

  private static SSLContext read(Map<String, Object> ssl) {
    try (DefaultSslEngineFactory stores = stores(ssl)) {
      return stores.sslContext();
    }
  }

  /**
   * Kafka's own reader of the stores, with what it has read; to be closed.
   *
   * @param ssl as in {@link HttpSettings#ssl()}
   * @throws KafkaException if a store cannot be read
   */
  public static DefaultSslEngineFactory stores(Map<String, Object> ssl) {
    DefaultSslEngineFactory stores = new DefaultSslEngineFactory();
    try {
      stores.configure(ssl);
      return stores;
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      // Whatever Kafka's factory and the JVM's stores make of a file that they did not expect.
      throw new KafkaException("A store cannot be used", e);
    }
  }
}
