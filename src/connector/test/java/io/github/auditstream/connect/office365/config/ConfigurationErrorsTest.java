package io.github.auditstream.connect.office365.config;

import static io.github.auditstream.connect.office365.config.Configurations.APP;
import static io.github.auditstream.connect.office365.config.Configurations.CONTOSO;
import static io.github.auditstream.connect.office365.config.Configurations.errors;
import static io.github.auditstream.connect.office365.config.Configurations.oneTenant;
import static io.github.auditstream.connect.office365.config.Configurations.twoTenants;
import static io.github.auditstream.connect.office365.config.Configurations.with;
import static io.github.auditstream.connect.office365.config.Configurations.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wrong value is an error on the key to fix, and says what to write instead. */
class ConfigurationErrorsTest {

  /** One error: what is set, the key that must have the only error, and words of its message. */
  record Row(Map<String, String> props, String key, List<String> words) {
    @Override
    public String toString() {
      return key + ": " + words;
    }
  }

  private static Row one(String key, String value, String... words) {
    return new Row(with(oneTenant(), key, value), key, List.of(words));
  }

  private static Row row(Map<String, String> props, String key, String... words) {
    return new Row(props, key, List.of(words));
  }

  static Stream<Row> invalidConfigurations() {
    Map<String, String> noCredential = without(oneTenant(), "client.secret");
    Map<String, String> custom =
        with(
            oneTenant(),
            "cloud",
            "custom",
            "management.endpoint",
            "https://a.example",
            "authority.endpoint",
            "https://b.example");
    return Stream.of(
        // Tenants
        one("tenant.id", "contoso.onmicrosoft.com", "is not a GUID", "Directory (tenant) ID"),
        one("tenant.id", "1-1-1-1-1", "is not a GUID"),
        row(without(oneTenant(), "tenant.id"), "tenant.id", "is missing", "overview page"),
        one("client.id", "my app", "is not a GUID", "Application (client) ID"),
        row(without(oneTenant(), "client.id"), "client.id", "is missing"),
        one("publisher.id", "us", "is not a GUID", "write"),
        one("tenants", "con.toso", "'con.toso'", "letters"),
        one("tenants", "a,,b", "empty item", "commas"),
        row(with(twoTenants(), "tenants", "contoso,contoso"), "tenants", "twice"),
        row(
            with(twoTenants(), "tenants.fabrikam.tenant.id", CONTOSO),
            "tenants.fabrikam.tenant.id",
            "that contoso has already",
            "one alias"),
        row(
            with(without(twoTenants(), "tenants.contoso.tenant.id")),
            "tenants.contoso.tenant.id",
            "is missing"),
        row(
            with(twoTenants(), "tenants.contoso.client.secert", "x"),
            "tenants.contoso.client.secert",
            "did you mean tenants.contoso.client.secret"),
        row(
            with(twoTenants(), "tenants.contoso.colour", "blue"),
            "tenants.contoso.colour",
            "not a key of a tenant",
            "client.secret"),
        row(
            with(twoTenants(), "tenants.fabricam.client.id", APP),
            "tenants.fabricam.client.id",
            "not in tenants",
            "did you mean tenants.fabrikam.client.id"),
        row(with(twoTenants(), "tenants.contoso", "x"), "tenants.contoso", "not a key"),
        row(
            with(oneTenant(), "tenants.contoso.client.id", APP),
            "tenants.contoso.client.id",
            "not in tenants",
            "add the alias"),
        // Credentials
        row(noCredential, "client.secret", "is missing", "managed.identity"),
        row(without(twoTenants(), "client.secret"), "tenants.contoso.client.secret", "is missing"),
        row(
            with(noCredential, "client.certificate.password", "x", "client.secret", "y"),
            "client.certificate.password",
            "without a certificate",
            "client.certificate.location"),
        row(
            with(noCredential, "managed.identity", "user", "client.secret.expires", "2027-05-31"),
            "client.secret.expires",
            "without a client secret",
            "client.secret"),
        row(
            with(oneTenant(), "client.secret.expires", "31.05.2027"),
            "client.secret.expires",
            "is not a date",
            "2027-05-31"),
        row(
            with(twoTenants(), "tenants.contoso.client.certificate.type", "PEM"),
            "tenants.contoso.client.certificate.type",
            "without a certificate",
            "tenants.contoso.client.certificate.location"),
        row(
            with(
                noCredential,
                "client.certificate.location",
                "/c/app.p12",
                "client.certificate.key.location",
                "/c/app.key"),
            "client.certificate.key.location",
            "is for PEM",
            "client.certificate.type=PEM"),
        row(
            with(
                noCredential,
                "client.certificate.location",
                "/nowhere/app.p12",
                "client.certificate.type",
                "DER"),
            "client.certificate.type",
            "PKCS12, PEM"),
        row(
            with(noCredential, "client.certificate.location", "/nowhere/app.p12"),
            "client.certificate.location",
            "cannot be read",
            "every worker"),
        row(
            with(noCredential, "client.assertion.location", "/nowhere/token"),
            "client.assertion.location",
            "cannot be read",
            "mount"),
        row(with(noCredential, "managed.identity", "yes"), "managed.identity", "system, user"),
        row(
            with(noCredential, "managed.identity", "system"),
            "client.id",
            "system-assigned",
            "remove it"),
        row(
            without(with(noCredential, "managed.identity", "user"), "client.id"),
            "client.id",
            "is missing"),
        row(
            with(without(twoTenants(), "client.secret"), "managed.identity", "user"),
            "managed.identity",
            "its own tenant alone"),
        // What the worker's config providers have left as it was
        one(
            "client.secret",
            "${vault:kafka/office365:secret}",
            "placeholder",
            "config.providers",
            "has no such key, file or variable"),
        one("errors.tolerance", "all", "loses events", "write none", "fails the task"),
        one("errors.tolerance", "ALL", "loses events"),
        one("errors.tolerance", " All ", "loses events"),
        one("tenant.id", "${vault:kafka/office365:tenant}", "placeholder", "config.providers"),
        one("topic.prefix", "${env:PREFIX}", "placeholder", "config.providers"),
        // Cloud
        one("cloud", "mars", "not an allowed value", "gcc-high"),
        one("management.endpoint", "https://manage.office.com", "cloud=custom"),
        row(without(custom, "management.endpoint"), "management.endpoint", "is missing"),
        row(without(custom, "authority.endpoint"), "authority.endpoint", "is missing"),
        row(
            with(custom, "management.endpoint", "http://manage.example"),
            "management.endpoint",
            "is not https"),
        row(
            with(custom, "authority.endpoint", "http://localhost:8080"),
            "authority.endpoint",
            "is not https"),
        row(
            with(custom, "management.endpoint", "https://a.example/api"),
            "management.endpoint",
            "after the host"),
        row(
            with(custom, "management.endpoint", "https://a.example?x=1"),
            "management.endpoint",
            "after the host"),
        row(with(custom, "graph.endpoint", "https://me@a.example"), "graph.endpoint", "user name"),
        row(
            with(custom, "management.endpoint", "https://a.example:99999"),
            "management.endpoint",
            "port"),
        row(
            with(custom, "authority.endpoint", "https://a.example:0"),
            "authority.endpoint",
            "port"),
        row(with(custom, "graph.endpoint", "a.example"), "graph.endpoint", "no scheme"),
        row(with(custom, "graph.endpoint", "https://a b"), "graph.endpoint", "not a URL"),
        // Content
        one("content.types", "Audit.Exchange,Audit.Teams", "'Audit.Teams'", "Audit.General"),
        one("content.types", "DLP.All,DLP.All", "twice"),
        one("initial.lookback", "PT169H", "out of range", "P7D"),
        one("initial.lookback", "PT-1H", "out of range", "PT0S"),
        one("initial.lookback", "7 days", "ISO-8601", "P7D"),
        // Topics
        one("topic.prefix", "office 365", "not legal"),
        one("topic.prefix", "x".repeat(201), "201 characters"),
        one("receipts.topic", "rec/eipts", "not legal"),
        one("receipts.topic", "..", "not legal"),
        one("status.topic", "office365.receipts", "receipts.topic"),
        one("receipts.topic", "office365_status", "status.topic"),
        one("deadletter.topic", "office365.exchange", "workload"),
        one("status.topic", "office365_sharepoint", "workload"),
        // Polling and limits
        one("poll.interval.ms", "99", "is 99", "from 100"),
        one("poll.interval.ms", "soon", "not a whole number", "milliseconds"),
        one("overlap", "P2D", "out of range", "P1D"),
        one("overlap", "-PT1S", "out of range"),
        one("fetch.concurrency", "0", "is 0", "1 to 256"),
        one("fetch.concurrency", "257", "is 257"),
        one("buffer.bytes", "1048575", "is 1048575", "from 1048576"),
        one("requests.per.minute", "0", "is 0"),
        one("requests.per.minute", "60001", "is 60001"),
        one("requests.per.minute", "99999999999", "is 99999999999"),
        // Network
        one("connect.timeout.ms", "1", "is 1"),
        one("request.timeout.ms", "1", "is 1"),
        one("proxy.port", "8080", "without proxy.host"),
        one("proxy.password", "x", "without proxy.host"),
        row(with(oneTenant(), "proxy.host", "proxy.example"), "proxy.port", "is missing"),
        row(
            with(oneTenant(), "proxy.host", "http://gateway.example", "proxy.port", "1"),
            "proxy.host",
            "without http://"),
        row(
            with(oneTenant(), "proxy.host", "proxy.example:8080", "proxy.port", "8080"),
            "proxy.host",
            "without port"),
        row(
            with(oneTenant(), "proxy.host", "proxy.example", "proxy.port", "65536"),
            "proxy.port",
            "1 to 65535"),
        row(
            with(
                oneTenant(),
                "proxy.host",
                "proxy.example",
                "proxy.port",
                "8080",
                "proxy.password",
                "x"),
            "proxy.user",
            "is missing"),
        row(
            with(
                oneTenant(),
                "proxy.host",
                "proxy.example",
                "proxy.port",
                "8080",
                "proxy.user",
                "me",
                "proxy.password",
                "x"),
            "proxy.user",
            "refuses to send passwords",
            "-Djdk.http.auth.tunneling.disabledSchemes= in KAFKA_OPTS"),
        one("ssl.truststore.location", "/nowhere/trust.jks", "cannot be read"),
        one("ssl.truststore.password", "x", "without a store"),
        one("ssl.truststore.type", "BKS", "JKS, PKCS12, PEM"),
        one("ssl.truststore.certificates", "not pem", "ssl.truststore.type"),
        one("ssl.keystore.location", "/nowhere/key.jks", "cannot be read"),
        one("ssl.keystore.key", "not pem", "ssl.keystore.type"),
        one("ssl.protocol", "TLSv9", "not known to this JVM"),
        one("ssl.enabled.protocols", "TLSv1.2,TLSv9", "'TLSv9'"),
        one("ssl.cipher.suites", "TLS_NONE", "'TLS_NONE'"),
        one("ssl.provider", "Nobody", "security provider"),
        one("ssl.keymanager.algorithm", "Nothing", "key manager"),
        one("ssl.trustmanager.algorithm", "Nothing", "trust manager"),
        one("ssl.secure.random.implementation", "Dice", "secure random"),
        one("ssl.endpoint.identification.algorithm", "none", "https"),
        one("ssl.endpoint.identification.algorithm", "", "cannot be switched off"));
  }

  @ParameterizedTest
  @MethodSource("invalidConfigurations")
  void isAnErrorOnTheKeyToFix(Row row) {
    Map<String, List<String>> errors = errors(row.props());

    assertThat(errors).containsKey(row.key());
    assertThat(errors.get(row.key()))
        .singleElement()
        .satisfies(
            message ->
                assertThat(message)
                    .startsWith(row.key() + " ")
                    .endsWith(".")
                    .contains(row.words()));
    assertThat(errors.keySet())
        .as("no other key has an error, but for tenants that share the error")
        .allMatch(key -> key.equals(row.key()) || key.startsWith("tenants.fabrikam."));
  }

  @Test
  void reportsAllErrorsAtOnce() {
    Map<String, String> props =
        with(
            twoTenants(),
            "tenants.contoso.tenant.id",
            "contoso",
            "cloud",
            "mars",
            "overlap",
            "six hours",
            "tenants.fabrikam.client.certificate.location",
            "/nowhere/app.p12",
            "tenants.fabrikam.client.secret",
            "x");

    assertThat(errors(props).keySet())
        .containsExactlyInAnyOrder(
            "tenants.contoso.tenant.id",
            "cloud",
            "overlap",
            "tenants.fabrikam.client.secret",
            "tenants.fabrikam.client.certificate.location");
    assertThatThrownBy(() -> Office365AuditSourceConfig.parse(props))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(
            "tenants.contoso.tenant.id", "cloud", "overlap", "tenants.fabrikam.client.secret");
  }

  @Test
  void twoCredentialsAreAnErrorOnBothKeys() {
    Map<String, String> props = with(oneTenant(), "client.assertion.location", "/run/token");

    assertThat(errors(props))
        .containsOnlyKeys("client.secret", "client.assertion.location")
        .allSatisfy(
            (key, messages) ->
                assertThat(messages)
                    .singleElement()
                    .asString()
                    .contains("keep only one of client.secret and client.assertion.location"));
  }

  @Test
  void startsWithoutReadingFiles() {
    Map<String, String> props =
        with(
            without(oneTenant(), "client.secret"),
            "client.certificate.location",
            "/nowhere/app.p12");

    assertThat(Office365AuditSourceConfig.parse(props).tenants()).hasSize(1);
  }
}
