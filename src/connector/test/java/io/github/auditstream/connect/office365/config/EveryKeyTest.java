package io.github.auditstream.connect.office365.config;

import static io.github.auditstream.connect.office365.config.Configurations.OTHER_APP;
import static io.github.auditstream.connect.office365.config.Configurations.errors;
import static io.github.auditstream.connect.office365.config.Configurations.oneTenant;
import static io.github.auditstream.connect.office365.config.Configurations.with;
import static io.github.auditstream.connect.office365.config.Configurations.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each key has an example that differs from its default and changes the settings. */
class EveryKeyTest {
  private static final String JWT = "aaaa.bbbb.cccc";

  private final Path folder;

  private final Map<String, Map<String, String>> examples = new LinkedHashMap<>();

  EveryKeyTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    writeExamples();
  }

  private void writeExamples() throws IOException {
    TestCertificate certificate = TestCertificate.localhost();
    String keyStore = certificate.keyStore().toString();
    String certificatePem =
        Files.writeString(folder.resolve("app.pem"), certificate.certificatePem()).toString();
    String keyPem = Files.writeString(folder.resolve("key.pem"), certificate.keyPem()).toString();
    String assertion = Files.writeString(folder.resolve("token"), JWT + "\n").toString();

    Map<String, String> oneTenant = oneTenant();
    Map<String, String> noSecret = without(oneTenant, "client.secret");
    Map<String, String> custom =
        with(
            oneTenant,
            "cloud",
            "custom",
            "management.endpoint",
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
    add("publisher.id", with(oneTenant, "publisher.id", OTHER_APP));
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
    add("management.endpoint", with(custom, "management.endpoint", "https://c.example:444"));
    add("authority.endpoint", with(custom, "authority.endpoint", "https://c.example"));
    add("graph.endpoint", with(custom, "graph.endpoint", "https://c.example"));
    add("content.types", with(oneTenant, "content.types", "Audit.Exchange, Audit.General"));
    add("initial.lookback", with(oneTenant, "initial.lookback", "P7D"));
    add("topic.prefix", with(oneTenant, "topic.prefix", "m365"));
    add("receipts.topic", with(oneTenant, "receipts.topic", "audit-receipts"));
    add("status.topic", with(oneTenant, "status.topic", "office365.audit-status"));
    add("deadletter.topic", with(oneTenant, "deadletter.topic", "office365.connector.dead"));
    add("poll.interval.ms", with(oneTenant, "poll.interval.ms", "100"));
    add("overlap", with(oneTenant, "overlap", "PT0S"));
    add("catch.up.order", with(oneTenant, "catch.up.order", "newest-first"));
    add("requests.per.minute", with(oneTenant, "requests.per.minute", "60000"));
    add("fetch.concurrency", with(oneTenant, "fetch.concurrency", "256"));
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

  private void add(String key, Map<String, String> props) {
    examples.put(key, props);
  }

  @Test
  void hasAnExample() {
    assertThat(examples.keySet())
        .containsExactlyInAnyOrderElementsOf(Office365AuditSourceConfig.definition().names());
  }

  @Test
  void differsFromItsDefaultInTheExample() {
    for (ConfigDef.ConfigKey key : Office365AuditSourceConfig.definition().configKeys().values()) {
      Map<String, String> example = examples.getOrDefault(key.name, Map.of());
      assertThat(ConfigDef.parseType(key.name, example.get(key.name), key.type))
          .as(key.name)
          .isNotEqualTo(key.defaultValue);
    }
  }

  @Test
  void changesTheSettings() {
    ConnectorSettings plain = Office365AuditSourceConfig.parse(oneTenant());
    examples.forEach(
        (key, props) ->
            assertThat(Office365AuditSourceConfig.parse(props)).as(key).isNotEqualTo(plain));
  }

  @Test
  void isValidInTheExample() {
    examples.forEach(
        (key, props) -> {
          // Whether passwords get through to a proxy is this JVM's affair.
          if (!props.containsKey("proxy.user")) {
            assertThat(errors(props)).as(key).isEmpty();
          }
        });
  }
}
