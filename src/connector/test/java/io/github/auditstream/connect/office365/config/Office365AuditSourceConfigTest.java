package io.github.auditstream.connect.office365.config;

import static io.github.auditstream.connect.office365.config.Configurations.APP;
import static io.github.auditstream.connect.office365.config.Configurations.CONTOSO;
import static io.github.auditstream.connect.office365.config.Configurations.FABRIKAM;
import static io.github.auditstream.connect.office365.config.Configurations.OTHER_APP;
import static io.github.auditstream.connect.office365.config.Configurations.SECRET;
import static io.github.auditstream.connect.office365.config.Configurations.errors;
import static io.github.auditstream.connect.office365.config.Configurations.oneTenant;
import static io.github.auditstream.connect.office365.config.Configurations.twoTenants;
import static io.github.auditstream.connect.office365.config.Configurations.with;
import static io.github.auditstream.connect.office365.config.Configurations.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.Secret;
import io.github.auditstream.connect.office365.preflight.WorkerChecks;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Office365AuditSourceConfigTest {

  @Test
  void needsNoMoreThanTenLinesToStart() {
    assertThat(oneTenant()).hasSizeLessThanOrEqualTo(10);
    assertThat(errors(oneTenant())).isEmpty();
  }

  @Test
  void hasDefaultsForAllElse() {
    ConnectorSettings settings = Office365AuditSourceConfig.parse(oneTenant());

    assertThat(settings.cloud())
        .isEqualTo(
            new CloudEndpoints(
                URI.create("https://manage.office.com"),
                URI.create("https://login.microsoftonline.com"),
                URI.create("https://graph.microsoft.com")));
    assertThat(settings.tenants())
        .containsExactly(
            new TenantSettings(
                "default",
                UUID.fromString(CONTOSO),
                APP,
                new Credential.ClientSecret(new Secret(SECRET)),
                UUID.fromString(CONTOSO),
                2000));
    assertThat(settings.contentTypes()).containsExactly(ContentType.values());
    assertThat(settings.topics())
        .isEqualTo(
            new TopicSettings(
                "office365", "office365.receipts", "office365.status", "office365.deadletter"));
    assertThat(settings.feeds())
        .isEqualTo(
            new FeedSettings(
                Duration.ZERO,
                Duration.ofMinutes(1),
                Duration.ofHours(6),
                CatchUpOrder.OLDEST_FIRST));
    assertThat(settings.fetch()).isEqualTo(new FetchSettings(32, 12_582_912));
    assertThat(settings.http().proxy()).isEmpty();
    assertThat(settings.http().connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.http().requestTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.validateConnection()).isFalse();
  }

  @Test
  void takesFromTheUnprefixedKeyWhatAnAliasLacks() {
    List<TenantSettings> tenants =
        Office365AuditSourceConfig.parse(
                with(
                    twoTenants(),
                    "requests.per.minute",
                    "500",
                    "tenants.fabrikam.requests.per.minute",
                    "900",
                    "tenants.fabrikam.client.id",
                    OTHER_APP,
                    "publisher.id",
                    APP))
            .tenants();

    Credential shared = new Credential.ClientSecret(new Secret(SECRET));
    UUID publisher = UUID.fromString(APP);
    assertThat(tenants)
        .containsExactly(
            new TenantSettings("contoso", UUID.fromString(CONTOSO), APP, shared, publisher, 500),
            new TenantSettings(
                "fabrikam", UUID.fromString(FABRIKAM), OTHER_APP, shared, publisher, 900));
  }

  @Test
  void takesACredentialWholeFromTheAliasThatNamesOne() {
    Map<String, String> props =
        with(twoTenants(), "tenants.fabrikam.client.assertion.location", "/run/token");

    List<TenantSettings> tenants = Office365AuditSourceConfig.parse(props).tenants();

    assertThat(tenants.get(0).credential())
        .isEqualTo(new Credential.ClientSecret(new Secret(SECRET)));
    assertThat(tenants.get(1).credential())
        .isEqualTo(new Credential.FederatedToken(Path.of("/run/token")));
    assertThat(Validation.keyInUse(props, "contoso", CredentialKeys.CLIENT_SECRET.key()))
        .isEqualTo("client.secret");
    assertThat(Validation.keyInUse(props, "fabrikam", CredentialKeys.ASSERTION_LOCATION.key()))
        .isEqualTo("tenants.fabrikam.client.assertion.location");
    assertThat(Validation.keyInUse(props, "fabrikam", TenantKeys.TENANT_ID.key()))
        .isEqualTo("tenants.fabrikam.tenant.id");
    assertThat(Validation.keyInUse(props, "fabrikam", TenantKeys.CLIENT_ID.key()))
        .isEqualTo("client.id");
  }

  @Test
  void takesACertificateForWhatItsFileIsCalled() {
    Map<String, String> noSecret = without(oneTenant(), "client.secret");

    assertThat(credential(with(noSecret, "client.certificate.location", "/c/app.pfx")))
        .isEqualTo(
            new Credential.ClientCertificate(
                Path.of("/c/app.pfx"),
                Credential.CertificateType.PKCS12,
                Optional.empty(),
                Optional.empty()));
    assertThat(
            credential(
                with(
                    noSecret,
                    "client.certificate.location",
                    "/c/app.PEM",
                    "client.certificate.key.location",
                    "/c/app.key",
                    "client.certificate.password",
                    SECRET)))
        .isEqualTo(
            new Credential.ClientCertificate(
                Path.of("/c/app.PEM"),
                Credential.CertificateType.PEM,
                Optional.of(Path.of("/c/app.key")),
                Optional.of(new Secret(SECRET))));
    assertThat(
            credential(
                with(
                    noSecret,
                    "client.certificate.location",
                    "/c/app",
                    "client.certificate.type",
                    "pem")))
        .extracting(certificate -> ((Credential.ClientCertificate) certificate).type())
        .isEqualTo(Credential.CertificateType.PEM);
  }

  @Test
  void takesAManagedIdentityWithAndWithoutClientId() {
    Map<String, String> props =
        with(without(oneTenant(), "client.secret"), "managed.identity", "user");

    assertThat(credential(props)).isEqualTo(new Credential.ManagedIdentity(Optional.of(APP)));

    TenantSettings system =
        Office365AuditSourceConfig.parse(
                with(without(props, "client.id"), "managed.identity", "system"))
            .tenants()
            .get(0);
    assertThat(system.credential()).isEqualTo(new Credential.ManagedIdentity(Optional.empty()));
    assertThat(system.clientId()).isEmpty();
  }

  @Test
  void leavesOutADisabledManagedIdentity() {
    assertThat(credential(with(oneTenant(), "managed.identity", "none")))
        .isEqualTo(new Credential.ClientSecret(new Secret(SECRET)));
  }

  @ParameterizedTest
  @CsvSource({
    "global, https://manage.office.com, https://login.microsoftonline.com",
    "gcc, https://manage-gcc.office.com, https://login.microsoftonline.com",
    "gcc-high, https://manage.office365.us, https://login.microsoftonline.us",
    "dod, https://manage.protection.apps.mil, https://login.microsoftonline.us",
    "china, https://manage.office365.cn, https://login.partner.microsoftonline.cn",
    "GCC-High, https://manage.office365.us, https://login.microsoftonline.us"
  })
  void knowsTheHostsOfEachCloud(String cloud, String management, String authority) {
    CloudEndpoints endpoints =
        Office365AuditSourceConfig.parse(with(oneTenant(), "cloud", cloud)).cloud();

    assertThat(endpoints.management()).hasToString(management);
    assertThat(endpoints.authority()).hasToString(authority);
  }

  @Test
  void takesEndpointsOfACustomCloud() {
    Map<String, String> props =
        with(
            oneTenant(),
            "cloud",
            "custom",
            "management.endpoint",
            "http://LOCALHOST:8080/",
            "authority.endpoint",
            "https://login.example.com");

    assertThat(Office365AuditSourceConfig.parse(props).cloud())
        .isEqualTo(
            new CloudEndpoints(
                URI.create("http://localhost:8080"),
                URI.create("https://login.example.com"),
                URI.create("http://localhost:8080")));
    assertThat(errors(props)).isEmpty();
  }

  @Test
  void countsAnEmptyValueAsAbsent() {
    Map<String, String> props =
        with(oneTenant(), "client.certificate.location", "", "proxy.host", " ", "tenants", "");

    assertThat(errors(props)).isEmpty();
    assertThat(Office365AuditSourceConfig.parse(props))
        .isEqualTo(Office365AuditSourceConfig.parse(oneTenant()));
  }

  @Test
  void takesALineBreakFromTheEndOfASecretFile() {
    assertThat(credential(with(oneTenant(), "client.secret", SECRET + "\n")))
        .isEqualTo(new Credential.ClientSecret(new Secret(SECRET)));
  }

  @Test
  void offersUserInterfacesTheAllowedValuesAndRelevantKeys() {
    Config config =
        Office365AuditSourceConfig.validate(
            oneTenant(), List.of(new WorkerChecks(Clock.systemUTC())));

    assertThat(named(config, "cloud").recommendedValues())
        .containsExactly("global", "gcc", "gcc-high", "dod", "china", "custom");
    assertThat(named(config, "management.endpoint").visible()).isFalse();
    assertThat(named(config, "client.certificate.password").visible()).isFalse();
    assertThat(named(config, "client.secret").visible()).isTrue();
    assertThat(named(config, "client.secret").value()).isInstanceOf(Password.class);
  }

  @Test
  void validatesEveryKeyOfTheDefinition() {
    Config config =
        Office365AuditSourceConfig.validate(Map.of(), List.of(new WorkerChecks(Clock.systemUTC())));

    assertThat(config.configValues())
        .extracting(ConfigValue::name)
        .containsExactlyInAnyOrderElementsOf(Office365AuditSourceConfig.definition().names());
  }

  @Test
  void hasWordsAndAPlaceForEveryKey() {
    for (ConfigDef.ConfigKey key : Office365AuditSourceConfig.definition().configKeys().values()) {
      assertThat(key.documentation).as(key.name).isNotBlank().endsWith(".");
      assertThat(key.displayName).as(key.name).isNotBlank().isNotEqualTo(key.name);
      assertThat(key.group).as(key.name).isNotBlank();
      assertThat(key.orderInGroup).as(key.name).isPositive();
      assertThat(key.validator).as(key.name).isNotNull();
      assertThat(key.hasDefault()).as(key.name).isTrue();
      assertThat(Office365AuditSourceConfig.definition().names())
          .as(key.name)
          .containsAll(key.dependents);
    }
  }

  @Test
  void everySecretHasTypePassword() {
    Stream<ConfigDef.ConfigKey> secrets =
        Office365AuditSourceConfig.definition().configKeys().values().stream()
            .filter(key -> key.name.contains("secret") || key.name.contains("password"))
            .filter(key -> !key.name.equals("client.secret.expires"));

    assertThat(secrets)
        .hasSize(6)
        .allSatisfy(key -> assertThat(key.type).as(key.name).isEqualTo(ConfigDef.Type.PASSWORD));
  }

  private static ConfigValue named(Config config, String name) {
    return config.configValues().stream()
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Credential credential(Map<String, String> props) {
    return Office365AuditSourceConfig.parse(props).tenants().get(0).credential();
  }

  @Test
  void saysThatNothingIsAskedOfGraph() {
    assertThat(
            Office365AuditSourceConfig.definition()
                .configKeys()
                .get("graph.endpoint")
                .documentation)
        .contains("does not read the key", "reserved");
  }
}
