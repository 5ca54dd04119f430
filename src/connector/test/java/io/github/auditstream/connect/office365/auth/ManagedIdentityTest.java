package io.github.auditstream.connect.office365.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.auditstream.connect.office365.fixtures.ForkedJvm;
import io.github.auditstream.connect.office365.fixtures.TokenEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * MSAL finds the machine's identity endpoint by environment variables, so the asking is done in a
 * JVM of its own, against an endpoint in this one.
 */
@Timeout(180)
class ManagedIdentityTest {
  private record Asked(String query, String identityHeader, String metadata) {}

  private final HttpServer machine =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private volatile int status = 200;

  ManagedIdentityTest() throws IOException {
    machine.createContext(
        "/",
        exchange -> {
          asked.add(
              new Asked(
                  String.valueOf(exchange.getRequestURI().getQuery()),
                  String.valueOf(exchange.getRequestHeaders().getFirst("X-IDENTITY-HEADER")),
                  String.valueOf(exchange.getRequestHeaders().getFirst("Metadata"))));
          String body =
              status == 200
                  ? "{\"access_token\":\"token-"
                      + tokens.incrementAndGet()
                      + "\",\"expires_on\":\"4102444800\",\"resource\":\"x\",\"token_type\":\"Bearer\"}"
                  : "{\"error\":\"invalid_request\",\"error_description\":\"Identity not found\"}";
          TokenEndpoint.answer(exchange, status, body);
          exchange.close();
        });
    machine.start();
  }

  @AfterEach
  void close() {
    machine.stop(0);
  }

  private String endpoint() {
    return "http://127.0.0.1:" + machine.getAddress().getPort();
  }

  private String ask(Map<String, String> environment, String... clientId) throws Exception {
    return ForkedJvm.run(ManagedIdentityMain.class, List.of(), environment, List.of(clientId));
  }

  private Map<String, String> appService() {
    return Map.of(
        "IDENTITY_ENDPOINT", endpoint() + "/msi/token", "IDENTITY_HEADER", "marker-header");
  }

  @Test
  void asksForTheSystemAssignedIdentityOfAnAppService() throws Exception {
    assertThat(ask(appService())).contains("given token-1 then token-2");

    assertThat(asked).hasSize(2);
    assertThat(asked.get(0).query())
        .contains("resource=https://manage.office.com")
        .doesNotContain("default", "client_id");
    assertThat(asked.get(0).identityHeader()).isEqualTo("marker-header");
  }

  @Test
  void asksForTheUserAssignedIdentityOfAMachine() throws Exception {
    String printed = ask(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", endpoint()), Tenants.APP);

    assertThat(printed).contains("given token-1 then token-2");
    assertThat(asked.get(0).query()).contains("client_id=" + Tenants.APP);
    assertThat(asked.get(0).metadata()).isEqualTo("true");
  }

  @Test
  void saysThatTheMachineLacksTheIdentity() throws Exception {
    status = 400;

    assertThat(ask(appService()))
        .contains("REFUSED managed.identity The Azure machine gave no token", "HTTP 400", "assign")
        .doesNotContain("marker");
  }

  @Test
  void saysThatTheMachineDoesNotAnswer() throws Exception {
    machine.stop(0);

    assertThat(ask(appService()))
        .contains("UNAVAILABLE - The Azure machine gave no token", "runs on Azure")
        .doesNotContain("marker");
  }
}
