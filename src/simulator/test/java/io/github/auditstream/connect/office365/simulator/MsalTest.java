package io.github.auditstream.connect.office365.simulator;

import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.MsalServiceException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Microsoft's own client gets its tokens from the simulator. */
class MsalTest {
  private Simulator simulator;
  private SimulatedTenant tenant;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.builder().tenant(TenantSetup::subscribedToAll).start();
    tenant = simulator.tenant();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void acceptsMsalsSecret() throws Exception {
    assertOpens(token(ClientCredentialFactory.createFromSecret(tenant.clientSecret())));
  }

  @Test
  void acceptsMsalsCertificate(@TempDir Path folder) throws Exception {
    SelfSignedCertificate certificate = SelfSignedCertificate.forApplication(folder, "connector");
    tenant.registerCertificate(certificate.certificate());

    assertOpens(
        token(
            ClientCredentialFactory.createFromCertificate(
                certificate.privateKey(), certificate.certificate())));
  }

  @Test
  void acceptsMsalsFederatedAssertion() throws Exception {
    tenant.trustFederatedAssertion("of a cluster");

    assertOpens(token(ClientCredentialFactory.createFromClientAssertion("of a cluster")));
  }

  @Test
  void msalReadsTheErrorOfAWrongSecret() {
    assertThatThrownBy(() -> token(ClientCredentialFactory.createFromSecret("another")))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(MsalServiceException.class)
        .hasMessageContaining("AADSTS7000215");
  }

  @Test
  void oneApplicationGetsATokenOfEachApi() throws Exception {
    ConfidentialClientApplication application =
        application(ClientCredentialFactory.createFromSecret(tenant.clientSecret()));
    String feed = token(application, simulator.baseUri());
    String graph = token(application, simulator.graphUri());

    assertThat(GraphClient.of(simulator).bearing(graph).queries().status()).isEqualTo(200);
    assertOpens(feed);
  }

  private void assertOpens(String token) throws Exception {
    assertThat(TestClient.of(simulator).bearing(token).lastDay(EXCHANGE).status()).isEqualTo(200);
    assertThat(simulator.breaches()).isEmpty();
  }

  private String token(IClientCredential credential) throws Exception {
    return token(application(credential), simulator.baseUri());
  }

  private ConfidentialClientApplication application(IClientCredential credential) throws Exception {
    return ConfidentialClientApplication.builder(tenant.clientId(), credential)
        .authority(simulator.baseUri() + "/" + tenant.id())
        .validateAuthority(false)
        .instanceDiscovery(false)
        .sslSocketFactory(simulator.truststore().sslContext().getSocketFactory())
        .build();
  }

  private static String token(ConfidentialClientApplication application, URI resource)
      throws Exception {
    return application
        .acquireToken(ClientCredentialParameters.builder(Set.of(resource + "/.default")).build())
        .get()
        .accessToken();
  }
}
