package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.config.CloudEndpoints;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import io.github.auditstream.connect.office365.http.TlsContext;
import io.github.auditstream.connect.office365.model.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.config.types.Password;

/** A tenant, and a client that trusts the tests' certificate. */
public final class Tenants {
  public static final UUID TENANT = UUID.fromString("11111111-1111-4111-8111-111111111111");
  public static final String APP = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
  public static final Credential SECRET =
      new Credential.ClientSecret(new Secret("marker-secret~with+odd&characters="));

  private Tenants() {}

  public static TenantSettings tenant(Credential credential) {
    return new TenantSettings("contoso", TENANT, APP, credential, TENANT, 2000);
  }

  public static CloudEndpoints cloud(URI authority) {
    URI management = URI.create("https://manage.office.com");
    return new CloudEndpoints(management, authority, management);
  }

  public static HttpClient http() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(
            TlsContext.create(
                Map.of(
                    "ssl.protocol",
                    "TLSv1.3",
                    "ssl.enabled.protocols",
                    List.of(),
                    "ssl.cipher.suites",
                    List.of(),
                    "ssl.truststore.type",
                    "PEM",
                    "ssl.truststore.certificates",
                    new Password(TestCertificate.localhost().certificatePem()))))
        .build();
  }
}
