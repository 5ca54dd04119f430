package io.github.auditstream.connect.office365.preflight;

import static io.github.auditstream.connect.office365.config.Configurations.twoTenants;
import static io.github.auditstream.connect.office365.config.Configurations.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.fixtures.SettableClock;
import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration names is looked at on the worker, and its errors are on the right keys. */
class WorkerChecksTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.localhost();
  private static final String LOCATION = "tenants.contoso.client.certificate.location";
  private static final String KEY = "tenants.contoso.client.certificate.key.location";
  private static final String PASSWORD = "tenants.contoso.client.certificate.password";

  private final Path folder;

  WorkerChecksTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Map<String, String> keyStored(String password) {
    return with(twoTenants(), LOCATION, CERTIFICATE.keyStore().toString(), PASSWORD, password);
  }

  private static Map<String, String> errors(Map<String, String> props, Clock clock) {
    Map<String, String> errors = new HashMap<>();
    for (ConfigValue value :
        Office365AuditSourceConfig.validate(props, List.of(new WorkerChecks(clock)))
            .configValues()) {
      if (!value.errorMessages().isEmpty()) {
        errors.put(value.name(), String.join(" ", value.errorMessages()));
      }
    }
    return errors;
  }

  @Test
  void takesACertificateThatIsValidNow() {
    assertThat(errors(keyStored(TestCertificate.PASSWORD), Clock.systemUTC())).isEmpty();
  }

  @Test
  void refusesACertificateThatHasEndedOrNotBegun() {
    Instant end = CERTIFICATE.certificate().getNotAfter().toInstant();
    Instant start = CERTIFICATE.certificate().getNotBefore().toInstant();

    assertThat(
            errors(
                keyStored(TestCertificate.PASSWORD),
                new SettableClock(end.plus(Duration.ofDays(1)))))
        .containsOnlyKeys(LOCATION)
        .allSatisfy((key, message) -> assertThat(message).contains("ended on " + end));
    assertThat(
            errors(
                keyStored(TestCertificate.PASSWORD),
                new SettableClock(start.minus(Duration.ofDays(1)))))
        .containsOnlyKeys(LOCATION)
        .allSatisfy((key, message) -> assertThat(message).contains("begins on " + start));
  }

  @Test
  void refusesAWrongPassword() {
    assertThat(errors(keyStored("marker-wrong"), Clock.systemUTC()))
        .containsOnlyKeys(PASSWORD)
        .allSatisfy(
            (key, message) ->
                assertThat(message).contains("does not open").doesNotContain("marker"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JCEKS"})
  void refusesAStoreWithASecretKeyOnly(String type) throws Exception {
    Path store = withSecretKeyOnly(type);

    assertThat(
            errors(
                with(twoTenants(), LOCATION, store + "", PASSWORD, TestCertificate.PASSWORD),
                Clock.systemUTC()))
        .containsOnlyKeys(LOCATION);
    for (String ssl : List.of("ssl.truststore", "ssl.keystore")) {
      assertThat(
              errors(
                  with(
                      twoTenants(),
                      ssl + ".location",
                      store + "",
                      ssl + ".password",
                      TestCertificate.PASSWORD,
                      ssl + ".type",
                      "PKCS12"),
                  Clock.systemUTC()))
          .containsOnlyKeys(ssl + ".location");
    }
  }

  @Test
  void namesAStoreWithoutACertificateToTrust() throws Exception {
    assertThat(
            errors(
                with(
                    twoTenants(),
                    "ssl.truststore.location",
                    CERTIFICATE.keyStore().toString(),
                    "ssl.truststore.password",
                    TestCertificate.PASSWORD),
                Clock.systemUTC()))
        .as("a private key's own certificate is trusted too")
        .isEmpty();
    assertThat(
            errors(
                with(
                    twoTenants(),
                    "ssl.truststore.location",
                    withSecretKeyOnly("PKCS12") + "",
                    "ssl.truststore.password",
                    TestCertificate.PASSWORD),
                Clock.systemUTC()))
        .hasEntrySatisfying(
            "ssl.truststore.location", message -> assertThat(message).contains("no certificate"));
  }

  private Path withSecretKeyOnly(String type) throws Exception {
    char[] password = TestCertificate.PASSWORD.toCharArray();
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    store.setKeyEntry("s", new SecretKeySpec(new byte[32], "AES"), password, null);
    Path file = folder.resolve("secret." + type);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password);
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE with BOM"})
  void namesTheEncodingOfAFileInUtf16(String name) throws Exception {
    Charset charset = name.equals("UTF-16") ? StandardCharsets.UTF_16 : StandardCharsets.UTF_16LE;
    String mark = name.equals("UTF-16") ? "" : "\uFEFF";
    Path certificate =
        Files.writeString(
            folder.resolve("app.pem"),
            mark + CERTIFICATE.certificatePem() + CERTIFICATE.keyPem(),
            charset);
    Path token = Files.writeString(folder.resolve("jwt"), mark + "aaaa.bbbb.cccc", charset);

    assertThat(errors(with(twoTenants(), LOCATION, certificate.toString()), Clock.systemUTC()))
        .hasEntrySatisfying(LOCATION, message -> assertThat(message).contains("UTF-16"));
    assertThat(
            errors(
                with(twoTenants(), "client.secret", "", "client.assertion.location", token + ""),
                Clock.systemUTC()))
        .hasEntrySatisfying(
            "client.assertion.location", message -> assertThat(message).contains("UTF-16"));
  }

  @Test
  void refusesPemWithoutAPrivateKeyOrWithAnothers() throws Exception {
    Path certificate = Files.writeString(folder.resolve("app.pem"), CERTIFICATE.certificatePem());
    Path anothers =
        Files.writeString(folder.resolve("other.key"), TestCertificate.other().keyPem());

    assertThat(errors(with(twoTenants(), LOCATION, certificate.toString()), Clock.systemUTC()))
        .containsOnlyKeys(LOCATION);
    assertThat(
            errors(
                with(twoTenants(), LOCATION, certificate.toString(), KEY, anothers.toString()),
                Clock.systemUTC()))
        .containsOnlyKeys(KEY);
  }

  @Test
  void refusesAnInvalidAssertion() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "marker is no assertion");

    assertThat(
            errors(
                with(twoTenants(), "client.secret", "", "client.assertion.location", file + ""),
                Clock.systemUTC()))
        .containsOnlyKeys("client.assertion.location")
        .allSatisfy((key, message) -> assertThat(message).doesNotContain("marker"));
  }

  @Test
  void takesAConfigurationWithNullValues() {
    Map<String, String> props = new HashMap<>(twoTenants());
    props.putAll(nulls());

    assertThat(errors(props, Clock.systemUTC())).isEmpty();
  }

  /** As JSON's null arrives. */
  @SuppressWarnings("NullAway")
  private static Map<String, String> nulls() {
    Map<String, String> nulls = new HashMap<>();
    nulls.put("proxy.host", null);
    nulls.put("overlap", null);
    nulls.put("tenants.contoso.client.secret", null);
    return nulls;
  }
}
