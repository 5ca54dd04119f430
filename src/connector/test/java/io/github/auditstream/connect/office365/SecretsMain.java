package io.github.auditstream.connect.office365;

import io.github.auditstream.connect.office365.auth.AccessToken;
import io.github.auditstream.connect.office365.auth.BlockingTokens;
import io.github.auditstream.connect.office365.auth.CertificateFile;
import io.github.auditstream.connect.office365.auth.TokenException;
import io.github.auditstream.connect.office365.config.CloudEndpoints;
import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.FeedKey;
import io.github.auditstream.connect.office365.config.HistorySettings;
import io.github.auditstream.connect.office365.config.HistoryTaskConfig;
import io.github.auditstream.connect.office365.config.Office365AuditHistoryConfig;
import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.config.TaskConfig;
import io.github.auditstream.connect.office365.config.TaskSettings;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import io.github.auditstream.connect.office365.fixtures.TokenEndpoint;
import io.github.auditstream.connect.office365.http.HttpClients;
import io.github.auditstream.connect.office365.http.TestHttpSettings;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.Secret;
import io.github.auditstream.connect.office365.preflight.WorkerChecks;
import io.github.auditstream.connect.office365.wiring.TopicPreflight;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Handles secrets in every way there is, and prints every object and exception on the way. */
final class SecretsMain {
  private static final PrintWriter OUT = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
  private static final Path CERTIFICATE = TestCertificate.localhost().keyStore();

  private SecretsMain() {}

  public static void main(String[] args) throws Exception {
    Map<String, String> props = configuration();
    ConnectorSettings settings = Office365AuditSourceConfig.parse(props);
    OUT.println(settings);
    Office365AuditSourceConfig.validate(props, List.of(new WorkerChecks(Clock.systemUTC())))
        .configValues()
        .forEach(OUT::println);
    OUT.println(new AbstractConfig(Office365AuditSourceConfig.definition(), props).values());
    printTask(props);
    printErrors(props);
    printHistory();
    printTokens();
    OUT.println("all is printed");
  }

  private static Map<String, String> configuration() {
    Map<String, String> props = new LinkedHashMap<>();
    props.put("name", "audit");
    props.put("tenants", "contoso,fabrikam");
    props.put("tenants.contoso.tenant.id", "11111111-1111-4111-8111-111111111111");
    props.put("tenants.fabrikam.tenant.id", "22222222-2222-4222-8222-222222222222");
    props.put("client.id", "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");
    props.put("client.secret", "marker-1");
    props.put("tenants.contoso.client.certificate.location", CERTIFICATE.toString());
    props.put("tenants.contoso.client.certificate.password", "marker-2");
    props.put("proxy.host", "proxy.example");
    props.put("proxy.port", "8080");
    props.put("proxy.user", "me");
    props.put("proxy.password", "marker-3");
    props.put("ssl.truststore.location", CERTIFICATE.toString());
    props.put("ssl.truststore.password", "marker-4");
    props.put("ssl.keystore.location", CERTIFICATE.toString());
    props.put("ssl.keystore.password", "marker-5");
    props.put("ssl.key.password", "marker-6");
    return props;
  }

  private static void printTask(Map<String, String> props) {
    Map<String, String> task =
        TaskConfig.forTask(
            props,
            List.of(
                new FeedKey("contoso", ContentType.EXCHANGE),
                new FeedKey("fabrikam", ContentType.DLP)),
            Map.of("contoso", 1, "fabrikam", 1),
            0);
    TaskSettings settings = TaskConfig.parse(task);
    OUT.println(settings);
    OUT.println(new AbstractConfig(Office365AuditSourceConfig.definition(), task).values());
    OUT.println(TaskConfig.credential(task, "contoso"));
    OUT.println(TaskConfig.credential(task, "fabrikam"));
  }

  private static void printErrors(Map<String, String> props) {
    Map<String, String> invalid = new LinkedHashMap<>(props);
    invalid.put("tenants.contoso.client.secret", "marker-7");
    invalid.put("tenants.contoso.client.sercet", "marker-8");
    invalid.put("tenants.other.client.secret", "marker-9");
    invalid.put("client.id", "marker-10");
    invalid.put("client.sekret", "marker-11");
    invalid.put("ssl.truststore.certificates", "marker-12");
    invalid.put("ssl.keystore.key", "marker-13");
    invalid.put("overlap", "six hours");
    Office365AuditSourceConfig.validate(invalid, List.of(new WorkerChecks(Clock.systemUTC())))
        .configValues()
        .stream()
        // Connect shows the values of keys that are no secrets, such as client.id.
        .filter(value -> !value.name().equals("client.id"))
        .forEach(OUT::println);
    try {
      Office365AuditSourceConfig.parse(invalid);
    } catch (ConfigException e) {
      e.printStackTrace(OUT);
    }
  }

  /** With secrets for Kafka too, and a Kafka that is not there. */
  private static void printHistory() throws InterruptedException {
    Map<String, String> props = configuration();
    props.put("history.from", "2026-05-04");
    props.put("kafka.bootstrap.servers", "localhost:1");
    props.put("kafka.security.protocol", "SASL_SSL");
    props.put("kafka.sasl.mechanism", "PLAIN");
    props.put(
        "kafka.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\""
            + " password=\"marker-16\";");
    props.put("kafka.ssl.truststore.location", CERTIFICATE.toString());
    props.put("kafka.ssl.truststore.password", TestCertificate.PASSWORD);
    props.put("kafka.of.a.callback.handler.password", "marker-17");
    HistorySettings settings = Office365AuditHistoryConfig.parse(props);
    OUT.println(settings);
    OUT.println(HistoryTaskConfig.parse(HistoryTaskConfig.forTask(props, List.of("contoso"), 0)));
    OUT.println(TopicPreflight.problem(settings));
    props.put("kafka.sasl.jaas.config", "marker-18");
    OUT.println(TopicPreflight.problem(Office365AuditHistoryConfig.parse(props)));
    props.put("kafka.sasl.jaas.config", "${file:/marker-19:jaas}");
    props.put("kafka.group.id", "marker-20");
    props.put("kafka.security.protocol", "SSL_TLS");
    Office365AuditHistoryConfig.validate(props, List.of(new WorkerChecks(Clock.systemUTC())))
        .configValues()
        .forEach(OUT::println);
  }

  private static void printTokens() throws Exception {
    Path assertion = Files.createTempFile("assertion", ".jwt");
    Files.writeString(assertion, "marker-a.marker-b.marker-c");
    List<Credential> credentials =
        List.of(
            new Credential.ClientSecret(new Secret("marker-14")),
            certificate(TestCertificate.PASSWORD),
            certificate("marker-15"),
            new Credential.FederatedToken(assertion));
    OUT.println(CertificateFile.read((Credential.ClientCertificate) credentials.get(1)).toString());
    ExecutorService executor = Executors.newCachedThreadPool();
    HttpClient http =
        HttpClients.create(
            TestHttpSettings.of(
                "ssl.truststore.location",
                CERTIFICATE.toString(),
                "ssl.truststore.password",
                TestCertificate.PASSWORD),
            executor);
    try (TokenEndpoint entra = new TokenEndpoint(TestCertificate.localhost())) {
      for (Credential credential : credentials) {
        printTokens(entra, credential, http);
      }
    }
    executor.shutdownNow();
    Files.delete(assertion);
  }

  private static void printTokens(TokenEndpoint entra, Credential credential, HttpClient http) {
    UUID tenant = new UUID(1, 1);
    BlockingTokens source =
        BlockingTokens.create(
            new TenantSettings("contoso", tenant, tenant.toString(), credential, tenant, 1),
            new CloudEndpoints(entra.authority(), entra.authority(), entra.authority()),
            () -> credential,
            http,
            Duration.ofSeconds(30),
            Clock.systemUTC());
    entra.nextRefuses(401, "invalid_client", 7000215);
    entra.next(200, "{\"access_token\":\"marker-cut");
    entra.next(200, "{\"access_token\":[\"marker-odd\"],\"expires_in\":\"marker-odd\"}");
    entra.next(500, "marker-page");
    for (int call = 0; call < 6; call++) {
      try {
        AccessToken token = source.token();
        OUT.println(token);
        OUT.println(source.instead(token));
      } catch (TokenException e) {
        e.printStackTrace(OUT);
      }
    }
  }

  private static Credential certificate(String password) {
    return new Credential.ClientCertificate(
        CERTIFICATE,
        Credential.CertificateType.PKCS12,
        Optional.empty(),
        Optional.of(new Secret(password)));
  }
}
