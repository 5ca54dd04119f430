package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.Office365AuditSourceConnector;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.RestException;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The configuration as a platform team meets it: through the Connect REST API. */
@ExtendWith(SharedStack.class)
class ConfigurationIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String CONNECTOR = Office365AuditSourceConnector.class.getName();

  @Test
  void everyErrorIsReportedOnItsKeyAtOnce(ConnectRest rest) {
    Map<String, List<String>> errors =
        rest.validationErrors(
            CONNECTOR,
            Map.of(
                "connector.class", CONNECTOR,
                "name", "invalid",
                "tasks.max", "1",
                "tenant.id", "contoso.onmicrosoft.com",
                "client.id", "11111111-2222-3333-4444-555555555555",
                "content.types", "Audit.Teams",
                "initial.lookback", "P8D",
                "tenants.contoso.colour", "blue"));

    assertThat(errors.keySet())
        .contains("tenant.id", "client.secret", "content.types", "initial.lookback")
        .anyMatch(key -> key.startsWith("tenants.contoso"));
    assertThat(errors.get("content.types").get(0)).contains("Audit.Exchange");
    assertThat(errors.get("initial.lookback").get(0)).contains("P7D");
  }

  @Test
  void aConnectorWithAnErrorIsNotCreated(ConnectRest rest) {
    assertThatThrownBy(
            () -> rest.put("refused", Map.of("connector.class", CONNECTOR, "tasks.max", "1")))
        .isInstanceOf(RestException.class)
        .hasMessageContaining("tenant.id");
    assertThat(rest.connectors()).doesNotContain("refused");
  }

  @Test
  void connectorDefinedTransactionsAreRefused(ConnectRest rest) throws Exception {
    try (Simulator simulator = Simulator.builder().tenant(t -> t.subscribedToAll()).start()) {
      Map<String, String> config = new SimulatedConnector(simulator, "boundaries").config(1);

      config.put("transaction.boundary", "connector");
      assertThat(rest.validationErrors(CONNECTOR, config)).containsOnlyKeys("transaction.boundary");

      config.put("transaction.boundary", "interval");
      assertThat(rest.validationErrors(CONNECTOR, config)).isEmpty();
    }
  }

  @Test
  void toleratingErrorsIsRefused(ConnectRest rest) throws Exception {
    try (Simulator simulator = Simulator.builder().tenant(t -> t.subscribedToAll()).start()) {
      Map<String, String> config = new SimulatedConnector(simulator, "tolerance").config(1);

      config.put("errors.tolerance", "all");
      Map<String, List<String>> errors = rest.validationErrors(CONNECTOR, config);
      assertThat(errors).containsOnlyKeys("errors.tolerance");
      assertThat(errors.get("errors.tolerance"))
          .singleElement()
          .asString()
          .contains("loses events");
      assertThatThrownBy(() -> rest.put("tolerance", config)).hasMessageContaining("loses events");

      config.put("errors.tolerance", "none");
      assertThat(rest.validationErrors(CONNECTOR, config)).isEmpty();
    }
  }

  @Test
  void invalidOffsetsAreRefusedAndTheMessageSaysWhatToWrite(ConnectRest rest) throws Exception {
    try (Simulator simulator = Simulator.builder().tenant(t -> t.subscribedToAll()).start()) {
      rest.put("altered", new SimulatedConnector(simulator, "altered").config(1));
      rest.awaitRunning("altered", 1, LIMIT);
      rest.stop("altered");
      String tenant = simulator.tenant().id().toString();

      assertThatThrownBy(
              () ->
                  rest.patchOffset(
                      "altered",
                      Map.of("tenant", tenant, "contentType", "Audit.Exchange"),
                      Map.of("contentCreated", "yesterday")))
          .hasMessageContaining("contentCreated");
      assertThatThrownBy(
              () ->
                  rest.patchOffset(
                      "altered",
                      Map.of("tenant", tenant, "contentType", "Audit.Teams"),
                      Map.of("contentCreated", "2026-11-20T00:00:00Z")))
          .hasMessageContaining("Audit.Exchange");
      rest.delete("altered");
    }
  }

  @Test
  void aSecretStaysOutOfLogsStatusAndTaskConfigurations(ConnectStack stack) throws Exception {
    String marker = "pl4nted~marker-secret";
    try (Simulator simulator =
            Simulator.builder()
                .tenant(t -> t.clientSecret(marker).subscribed(ContentType.EXCHANGE))
                .start();
        WorkerProcess worker = stack.startWorker(stack.workerSettings());
        TopicReader reader = stack.reader(Isolation.READ_UNCOMMITTED)) {
      Map<String, String> config = new SimulatedConnector(simulator, "secret").config(1);
      var secrets = Files.createTempFile(stack.work(), "secrets", ".properties");
      Files.writeString(secrets, "secret=" + marker + "\n");
      config.put("tenants.t0.client.secret", "${file:" + secrets + ":secret}");
      worker.rest().put("secret", config);
      reader.readUntil(
          List.of("secret.status"),
          "a running feed",
          LIMIT,
          records ->
              records.stream().anyMatch(r -> r.struct().getString("State").equals("RUNNING")));
      simulator.tenant().rotateSecret("another");
      simulator.tenant().revokeTokens();
      reader.readUntil(
          List.of("secret.status"),
          "a feed with a problem",
          LIMIT,
          records ->
              records.stream().anyMatch(r -> r.struct().getString("State").equals("TROUBLED")));

      assertThat(worker.rest().tasks("secret").toString()).doesNotContain(marker);
      assertThat(worker.rest().status("secret").toString()).doesNotContain(marker);
      assertThat(reader.readAll("secret.status").stream().map(r -> r.struct().toString()).toList())
          .noneMatch(text -> text.contains(marker));
      assertThat(Files.readString(worker.log())).contains("Task 0 reads").doesNotContain(marker);

      // Rotated where Connect's config provider reads it, it is found again without a restart.
      Files.writeString(secrets, "secret=another\n");
      simulator.tenant().blob(ContentType.EXCHANGE).createdAgo(Duration.ZERO).events(2).add();
      reader.readAtLeast(1, LIMIT, "secret.receipts");
    }
  }
}
