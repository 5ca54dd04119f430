package io.github.auditstream.connect.office365.config;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The TLS keys of Kafka's own clients, with types, defaults and importance as Kafka defines them,
 * and with rules that find a wrong name before the first connection does. Without {@code
 * ssl.engine.factory.class}: its engines are of no use to Java's HTTP client, which takes a
 * context.
 */
final class SslKeys {
  static final SettingList ALL = new SettingList();

  private static final Map<String, ConfigDef.ConfigKey> OF_KAFKA =
      new ConfigDef().withClientSslSupport().configKeys();

  private static final Rule<String> STORE_TYPE = Rules.oneOf(List.of("JKS", "PKCS12", "PEM"));

  static {
    add(
        "ssl.protocol",
        "The newest TLS protocol to speak.",
        Rules.knownName("a TLS protocol", name -> known(() -> SSLContext.getInstance(name))));
    add(
        "ssl.provider",
        "The security provider that speaks TLS. Default: the JVM's first that can.",
        Rules.knownName("a security provider", name -> Security.getProvider(name) != null));
    add(
        "ssl.cipher.suites",
        "The cipher suites to offer. Default: those that the JVM has enabled.",
        Rules.knownNames(
            "cipher suites", name -> Arrays.asList(supported().getCipherSuites()).contains(name)));
    add(
        "ssl.enabled.protocols",
        "The TLS protocols to offer.",
        Rules.knownNames(
            "TLS protocols", name -> Arrays.asList(supported().getProtocols()).contains(name)));
    add("ssl.keystore.type", "The format of the key store.", STORE_TYPE);
    add(
        "ssl.keystore.location",
        "The file of the key store: the certificate that the worker shows, with its private key."
            + " Microsoft asks for none, but a proxy or gateway may: the app's certificate belongs"
            + " in client.certificate.location. Read again when it changes.",
        Rules.text());
    add("ssl.keystore.password", "The key store's password; PEM has none.", Rules.secret());
    add(
        "ssl.key.password",
        "The password of the private key in the key store or in ssl.keystore.key.",
        Rules.secret());
    add(
        "ssl.keystore.key",
        "The private key as PEM text (PKCS#8), in place of a key store's file.",
        Rules.secret());
    add(
        "ssl.keystore.certificate.chain",
        "The certificates of ssl.keystore.key as PEM text, the worker's own first.",
        Rules.secret());
    add(
        "ssl.truststore.certificates",
        "Trusted certificates as PEM text, in place of a trust store's file.",
        Rules.secret());
    add("ssl.truststore.type", "The format of the trust store.", STORE_TYPE);
    add(
        "ssl.truststore.location",
        "The file of the trust store: the authorities that may vouch for Microsoft's hosts. Name"
            + " one where a proxy intercepts TLS. Default: the JVM's own. Read again when it changes.",
        Rules.text());
    add("ssl.truststore.password", "The trust store's password; PEM has none.", Rules.secret());
    add(
        "ssl.keymanager.algorithm",
        "The algorithm that chooses the certificate to show.",
        Rules.knownName(
            "a key manager algorithm", name -> known(() -> KeyManagerFactory.getInstance(name))));
    add(
        "ssl.trustmanager.algorithm",
        "The algorithm that checks a server's certificates.",
        Rules.knownName(
            "a trust manager algorithm",
            name -> known(() -> TrustManagerFactory.getInstance(name))));
    add(
        "ssl.endpoint.identification.algorithm",
        "How a server's name is held against its certificate. It cannot be switched off: tokens"
            + " would go to whoever answers.",
        Rules.oneOf(List.of("https")));
    add(
        "ssl.secure.random.implementation",
        "The random numbers of TLS. Default: the JVM's own.",
        Rules.knownName(
            "a secure random algorithm", name -> known(() -> SecureRandom.getInstance(name))));
  }

  private SslKeys() {}

  private static void add(String key, String documentation, Rule<?> rule) {
    ConfigDef.ConfigKey kafkas = Objects.requireNonNull(OF_KAFKA.get(key));
    // Such as "TLS truststore location".
    String displayName = key.replaceFirst("^ssl", "TLS").replace('.', ' ');
    ALL.key(key, displayName, Group.NETWORK, kafkas.importance)
        .documented(documentation)
        .defaultsTo(ConfigDef.convertToString(kafkas.defaultValue, kafkas.type))
        .readBy(rule);
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
