package io.github.auditstream.connect.office365.config;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;

/**
 * The TLS keys of Kafka's own clients, as Kafka defines them, with rules that find a wrong name
 * before the first connection does. Without {@code ssl.engine.factory.class}: its engines are of no
 * use to Java's HTTP client, which takes a context.
 */
final class SslKeys {
  private static final Rule<String> STORE_TYPE = Rules.oneOf(List.of("JKS", "PKCS12", "PEM"));

  /** The rules of what is neither a secret nor any text. */
  private static final Map<String, Rule<?>> RULES =
      Map.of(
          SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
          STORE_TYPE,
          SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
          STORE_TYPE,
          SslConfigs.SSL_PROTOCOL_CONFIG,
          Rules.knownName("a TLS protocol", name -> known(() -> SSLContext.getInstance(name))),
          SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG,
          Rules.knownNames(
              "TLS protocols", name -> Arrays.asList(supported().getProtocols()).contains(name)),
          SslConfigs.SSL_CIPHER_SUITES_CONFIG,
          Rules.knownNames(
              "cipher suites", name -> Arrays.asList(supported().getCipherSuites()).contains(name)),
          SslConfigs.SSL_PROVIDER_CONFIG,
          Rules.knownName("a security provider", name -> Security.getProvider(name) != null),
          SslConfigs.SSL_KEYMANAGER_ALGORITHM_CONFIG,
          Rules.knownName(
              "a key manager algorithm", name -> known(() -> KeyManagerFactory.getInstance(name))),
          SslConfigs.SSL_TRUSTMANAGER_ALGORITHM_CONFIG,
          Rules.knownName(
              "a trust manager algorithm",
              name -> known(() -> TrustManagerFactory.getInstance(name))),
          SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
          Rules.oneOf(List.of("https")),
          SslConfigs.SSL_SECURE_RANDOM_IMPLEMENTATION_CONFIG,
          Rules.knownName(
              "a secure random algorithm", name -> known(() -> SecureRandom.getInstance(name))));

  /** What is special here, after Kafka's own documentation. */
  private static final Map<String, String> NOTES =
      Map.of(
          SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
          " Name one where a proxy intercepts TLS. Default: the JVM's own. Read again when it changes.",
          SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
          " Microsoft asks for none, but a proxy or gateway may: the app's certificate belongs in"
              + " client.certificate.location. Read again when it changes.",
          SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
          " It cannot be switched off: tokens would go to whoever answers.");

  static final SettingList ALL = all();

  private SslKeys() {}

  private static SettingList all() {
    SettingList settings = new SettingList();
    new ConfigDef()
        .withClientSslSupport().configKeys().values().stream()
            .filter(key -> !key.name.equals(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG))
            .forEach(key -> settings.add(setting(key)));
    return settings;
  }

  private static Setting<?> setting(ConfigDef.ConfigKey key) {
    String documentation = key.documentation.replaceAll("</?code>", "'").strip();
    return Setting.of(
        Group.NETWORK,
        key.name,
        key.type,
        defaultText(key.defaultValue),
        rule(key),
        key.importance,
        displayName(key.name),
        (documentation.endsWith(".") ? documentation : documentation + ".")
            + NOTES.getOrDefault(key.name, ""));
  }

  private static Rule<?> rule(ConfigDef.ConfigKey key) {
    return key.type == ConfigDef.Type.PASSWORD
        ? Rules.secret()
        : RULES.getOrDefault(key.name, Rules.text());
  }

  private static @Nullable String defaultText(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : value == null ? null : value.toString();
  }

  /** {@code ssl.truststore.location} as "TLS truststore location". */
  private static String displayName(String key) {
    return key.replaceFirst("^ssl", "TLS").replace('.', ' ');
  }

  private static SSLParameters supported() {
    try {
      return SSLContext.getDefault().getSupportedSSLParameters();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  private interface LookUp {
    Object find() throws NoSuchAlgorithmException;
  }

  private static boolean known(LookUp lookUp) {
    try {
      lookUp.find();
      return true;
    } catch (NoSuchAlgorithmException e) {
      return false;
    }
  }
}
