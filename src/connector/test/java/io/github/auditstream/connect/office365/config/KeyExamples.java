package io.github.auditstream.connect.office365.config;

import static io.github.auditstream.connect.office365.config.Configurations.OTHER_APP;
import static io.github.auditstream.connect.office365.config.Configurations.with;
import static io.github.auditstream.connect.office365.config.Configurations.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;

/**
 * For each key a configuration that is valid, and in which its value is not the default; to begin
 * with, for the keys that all connectors have.
 */
final class KeyExamples {
  private static final String JWT = "aaaa.bbbb.cccc";

  private final Map<String, Map<String, String>> examples = new LinkedHashMap<>();
  private final Map<String, String> custom;

  /**
   * @param oneTenant the least that the connector needs
   * @param endpoint the key of what it asks, in a custom cloud
   */
  KeyExamples(Path folder, Map<String, String> oneTenant, String endpoint) throws IOException {
    TestCertificate certificate = TestCertificate.localhost();
    String keyStore = certificate.keyStore().toString();
    String certificatePem =
        Files.writeString(folder.resolve("app.pem"), certificate.certificatePem()).toString();
    String keyPem = Files.writeString(folder.resolve("key.pem"), certificate.keyPem()).toString();
    String assertion = Files.writeString(folder.resolve("token"), JWT + "\n").toString();

    Map<String, String> noSecret = without(oneTenant, "client.secret");
    custom =
        with(
            oneTenant,
            "cloud",
            "custom",
            endpoint,
            "https://a.example",
            "authority.endpoint",
            "https://b.example");
    Map<String, String> proxied =
        with(oneTenant, "proxy.host", "proxy.example", "proxy.port", "8080");
    Map<String, String> keyStored =
        with(
            noSecret,
            "client.certificate.location",
            keyStore,
            "client.certificate.password",
            TestCertificate.PASSWORD);

    add("tenants", with(oneTenant, "tenants", "contoso"));
    add("tenant.id", with(oneTenant, "tenant.id", OTHER_APP));
    add("client.id", with(oneTenant, "client.id", OTHER_APP));
    add("client.secret", with(oneTenant, "client.secret", "another"));
    add("client.secret.expires", with(oneTenant, "client.secret.expires", "2027-05-31"));
    add("client.certificate.location", keyStored);
    add("client.certificate.password", keyStored);
    add(
        "client.certificate.type",
        with(
            noSecret,
            "client.certificate.type",
            "PEM",
            "client.certificate.location",
            Files.writeString(
                    folder.resolve("both"), certificate.certificatePem() + certificate.keyPem())
                .toString()));
    add(
        "client.certificate.key.location",
        with(
            noSecret,
            "client.certificate.location",
            certificatePem,
            "client.certificate.key.location",
            keyPem));
    add("client.assertion.location", with(noSecret, "client.assertion.location", assertion));
    add("managed.identity", with(noSecret, "managed.identity", "user"));
    add("cloud", with(oneTenant, "cloud", "gcc"));
    add("authority.endpoint", with(custom, "authority.endpoint", "https://c.example"));
    add("graph.endpoint", with(custom, "graph.endpoint", "https://c.example"));
    add("topic.prefix", with(oneTenant, "topic.prefix", "m365"));
    add("status.topic", with(oneTenant, "status.topic", "office365.audit-status"));
    add("deadletter.topic", with(oneTenant, "deadletter.topic", "office365.connector.dead"));
    add("buffer.bytes", with(oneTenant, "buffer.bytes", "1048576"));
    add("validate.connection", with(oneTenant, "validate.connection", "true"));
    add("connect.timeout.ms", with(oneTenant, "connect.timeout.ms", "100"));
    add("request.timeout.ms", with(oneTenant, "request.timeout.ms", "100"));
    add("proxy.host", proxied);
    add("proxy.port", with(proxied, "proxy.port", "8081"));
    add("proxy.user", with(proxied, "proxy.user", "me", "proxy.password", "it"));
    add("proxy.password", with(proxied, "proxy.user", "me", "proxy.password", "it"));
    Map<String, String> trusting = with(oneTenant, "ssl.truststore.location", keyStore);
    add("ssl.truststore.location", trusting);
    add(
        "ssl.truststore.password",
        with(trusting, "ssl.truststore.password", certificatePassword()));
    add("ssl.truststore.type", with(trusting, "ssl.truststore.type", "PKCS12"));
    add(
        "ssl.truststore.certificates",
        with(
            oneTenant,
            "ssl.truststore.type",
            "PEM",
            "ssl.truststore.certificates",
            certificate.certificatePem()));
    Map<String, String> showing =
        with(
            oneTenant,
            "ssl.keystore.location",
            keyStore,
            "ssl.keystore.password",
            certificatePassword());
    add("ssl.keystore.location", showing);
    add("ssl.keystore.password", showing);
    add("ssl.keystore.type", with(showing, "ssl.keystore.type", "PKCS12"));
    add("ssl.key.password", with(showing, "ssl.key.password", certificatePassword()));
    Map<String, String> inline =
        with(
            oneTenant,
            "ssl.keystore.type",
            "PEM",
            "ssl.keystore.key",
            certificate.keyPem(),
            "ssl.keystore.certificate.chain",
            certificate.certificatePem());
    add("ssl.keystore.key", inline);
    add("ssl.keystore.certificate.chain", inline);
    add("ssl.protocol", with(oneTenant, "ssl.protocol", "TLSv1.2"));
    add("ssl.enabled.protocols", with(oneTenant, "ssl.enabled.protocols", "TLSv1.3"));
    add("ssl.cipher.suites", with(oneTenant, "ssl.cipher.suites", "TLS_AES_256_GCM_SHA384"));
    add("ssl.provider", with(oneTenant, "ssl.provider", "SunJSSE"));
    add("ssl.keymanager.algorithm", with(oneTenant, "ssl.keymanager.algorithm", "NewSunX509"));
    add("ssl.trustmanager.algorithm", with(oneTenant, "ssl.trustmanager.algorithm", "SunX509"));
    add(
        "ssl.endpoint.identification.algorithm",
        with(oneTenant, "ssl.endpoint.identification.algorithm", "HTTPS"));
    add(
        "ssl.secure.random.implementation",
        with(oneTenant, "ssl.secure.random.implementation", "SHA1PRNG"));
  }

  private static String certificatePassword() {
    return TestCertificate.PASSWORD;
  }

  /** A configuration of a custom cloud. */
  Map<String, String> custom() {
    return custom;
  }

  void add(String key, Map<String, String> props) {
    examples.put(key, props);
  }

  void areOfEveryKey(ConfigDef definition) {
    assertThat(examples.keySet()).containsExactlyInAnyOrderElementsOf(definition.names());
  }

  void differFromTheDefaults(ConfigDef definition) {
    for (ConfigDef.ConfigKey key : definition.configKeys().values()) {
      Map<String, String> example = examples.getOrDefault(key.name, Map.of());
      assertThat(ConfigDef.parseType(key.name, example.get(key.name), key.type))
          .as(key.name)
          .isNotEqualTo(key.defaultValue);
    }
  }

  void change(Object plain, Function<Map<String, String>, Object> parse) {
    examples.forEach((key, props) -> assertThat(parse.apply(props)).as(key).isNotEqualTo(plain));
  }

  void areValid(Function<Map<String, String>, Map<String, List<String>>> errors) {
    examples.forEach(
        (key, props) -> {
          // Whether passwords get through to a proxy is this JVM's affair.
          if (!props.containsKey("proxy.user")) {
            assertThat(errors.apply(props)).as(key).isEmpty();
          }
        });
  }
}
