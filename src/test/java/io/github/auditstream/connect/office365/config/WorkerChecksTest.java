package io.github.auditstream.connect.office365.config;

import static io.github.auditstream.connect.office365.config.Configurations.twoTenants;
import static io.github.auditstream.connect.office365.config.Configurations.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.SettableClock;
import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a configuration names is looked at on the worker, and its faults are on the right keys. */
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
    for (ConfigValue value : Office365AuditSourceConfig.validate(props, clock).configValues()) {
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
  void refusesAnAssertionThatIsNone() throws Exception {
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
