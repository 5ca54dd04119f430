package io.github.auditstream.connect.office365.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.github.auditstream.connect.office365.model.Secret;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's standard names for TLS, under the meaning they have in Kafka's own clients. Without
 * {@code ssl.engine.factory.class}: a class of one's own cannot be plugged in here.
 */
final class SslKeys {
  static final Setting<String> TRUSTSTORE_LOCATION =
      text(
          SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
          MEDIUM,
          "Trust store",
          "A file with the certificate authorities to trust, for example that of a proxy that opens"
              + " TLS. Default: the JVM's own. Read again when it changes.");
  static final Setting<Secret> TRUSTSTORE_PASSWORD =
      secret(
          SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
          MEDIUM,
          "Trust store's password",
          "The trust store's password; PEM has none.");
  static final Setting<String> TRUSTSTORE_TYPE =
      storeType(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "Trust store's format");
  static final Setting<Secret> TRUSTSTORE_CERTIFICATES =
      secret(
          SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
          LOW,
          "Trusted certificates",
          "The certificate authorities to trust as PEM text instead of a file, with"
              + " ssl.truststore.type=PEM.");
  static final Setting<String> KEYSTORE_LOCATION =
      text(
          SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
          LOW,
          "Key store",
          "A file with the certificate that the worker shows to a proxy or gateway which asks for"
              + " one. Microsoft asks for none: the app's certificate belongs in"
              + " client.certificate.location. Read again when it changes.");
  static final Setting<Secret> KEYSTORE_PASSWORD =
      secret(
          SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
          LOW,
          "Key store's password",
          "The key store's password; PEM has none.");
  static final Setting<String> KEYSTORE_TYPE =
      storeType(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "Key store's format");
  static final Setting<Secret> KEY_PASSWORD =
      secret(
          SslConfigs.SSL_KEY_PASSWORD_CONFIG,
          LOW,
          "Key password",
          "The password of the private key in the key store, if it has one of its own.");
  static final Setting<Secret> KEYSTORE_KEY =
      secret(
          SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
          LOW,
          "Private key",
          "The private key as PEM text instead of a file, in PKCS#8, with ssl.keystore.type=PEM.");
  static final Setting<Secret> KEYSTORE_CERTIFICATE_CHAIN =
      secret(
          SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
          LOW,
          "Certificate chain",
          "The certificates of ssl.keystore.key as PEM text.");
  static final Setting<String> PROTOCOL =
      Setting.of(
          SslConfigs.SSL_PROTOCOL_CONFIG,
          STRING,
          SslConfigs.DEFAULT_SSL_PROTOCOL,
          Rules.knownName("a TLS protocol", SslKeys::protocolIsKnown),
          LOW,
          "TLS protocol",
          "The newest TLS protocol to offer.");
  static final Setting<List<String>> ENABLED_PROTOCOLS =
      list(
          SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG,
          SslConfigs.DEFAULT_SSL_ENABLED_PROTOCOLS,
          Rules.knownNames("TLS protocols", name -> contains(supported().getProtocols(), name)),
          "Enabled protocols",
          "The TLS protocols to offer.");
  static final Setting<List<String>> CIPHER_SUITES =
      list(
          SslConfigs.SSL_CIPHER_SUITES_CONFIG,
          "",
          Rules.knownNames("cipher suites", name -> contains(supported().getCipherSuites(), name)),
          "Cipher suites",
          "The cipher suites to offer. Default: the JVM's own.");
  static final Setting<String> PROVIDER =
      named(
          SslConfigs.SSL_PROVIDER_CONFIG,
          null,
          Rules.knownName("a security provider", name -> Security.getProvider(name) != null),
          "TLS provider",
          "The Java security provider of TLS. Default: the JVM's own.");
  static final Setting<String> KEYMANAGER_ALGORITHM =
      named(
          SslConfigs.SSL_KEYMANAGER_ALGORITHM_CONFIG,
          null,
          Rules.knownName("a key manager algorithm", SslKeys::keyManagerIsKnown),
          "Key manager",
          "The key manager's algorithm. Default: the JVM's own.");
  static final Setting<String> TRUSTMANAGER_ALGORITHM =
      named(
          SslConfigs.SSL_TRUSTMANAGER_ALGORITHM_CONFIG,
          null,
          Rules.knownName("a trust manager algorithm", SslKeys::trustManagerIsKnown),
          "Trust manager",
          "The trust manager's algorithm. Default: the JVM's own.");
  static final Setting<String> ENDPOINT_IDENTIFICATION =
      named(
          SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
          SslConfigs.DEFAULT_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM,
          Rules.oneOf(List.of("https")),
          "Host name check",
          "How the server's host name is held against its certificate. It cannot be switched off:"
              + " tokens would go to whoever answers.");
  static final Setting<String> SECURE_RANDOM =
      named(
          SslConfigs.SSL_SECURE_RANDOM_IMPLEMENTATION_CONFIG,
          null,
          Rules.knownName("a secure random algorithm", SslKeys::secureRandomIsKnown),
          "Secure random",
          "The algorithm of TLS's random numbers. Default: the JVM's own.");

  static final List<Setting<?>> ALL =
      List.of(
          TRUSTSTORE_LOCATION,
          TRUSTSTORE_PASSWORD,
          TRUSTSTORE_TYPE,
          TRUSTSTORE_CERTIFICATES,
          KEYSTORE_LOCATION,
          KEYSTORE_PASSWORD,
          KEYSTORE_TYPE,
          KEY_PASSWORD,
          KEYSTORE_KEY,
          KEYSTORE_CERTIFICATE_CHAIN,
          PROTOCOL,
          ENABLED_PROTOCOLS,
          CIPHER_SUITES,
          PROVIDER,
          KEYMANAGER_ALGORITHM,
          TRUSTMANAGER_ALGORITHM,
          ENDPOINT_IDENTIFICATION,
          SECURE_RANDOM);

  private SslKeys() {}

  private static Setting<String> text(
      String key, Importance importance, String displayName, String documentation) {
    return Setting.of(key, STRING, null, Rules.text(), importance, displayName, documentation);
  }

  private static Setting<Secret> secret(
      String key, Importance importance, String displayName, String documentation) {
    return Setting.of(key, PASSWORD, null, Rules.secret(), importance, displayName, documentation);
  }

  private static Setting<String> storeType(String key, String displayName) {
    List<String> types = List.of("JKS", "PKCS12", "PEM");
    return Setting.of(
            key,
            STRING,
            "JKS",
            Rules.oneOf(types),
            LOW,
            displayName,
            "The file's format. JKS reads PKCS12 too.")
        .recommending(types);
  }

  private static Setting<String> named(
      String key,
      @Nullable String defaultText,
      Rule<String> rule,
      String displayName,
      String documentation) {
    return Setting.of(key, STRING, defaultText, rule, LOW, displayName, documentation);
  }

  private static Setting<List<String>> list(
      String key,
      String defaultText,
      Rule<List<String>> rule,
      String displayName,
      String documentation) {
    return Setting.of(key, LIST, defaultText, rule, LOW, displayName, documentation);
  }

  private static SSLParameters supported() {
    try {
      return SSLContext.getDefault().getSupportedSSLParameters();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  private static boolean contains(String[] names, String name) {
    return Arrays.asList(names).contains(name);
  }

  private static boolean protocolIsKnown(String name) {
    return known(() -> SSLContext.getInstance(name));
  }

  private static boolean keyManagerIsKnown(String name) {
    return known(() -> KeyManagerFactory.getInstance(name));
  }

  private static boolean trustManagerIsKnown(String name) {
    return known(() -> TrustManagerFactory.getInstance(name));
  }

  private static boolean secureRandomIsKnown(String name) {
    return known(() -> SecureRandom.getInstance(name));
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
