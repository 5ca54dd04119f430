package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.auditstream.connect.office365.Office365AuditSourceConnector;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.Permission;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.RestException;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Microsoft's refusals before there is a connector: from a worker, and from the command line. */
@ExtendWith(SharedStack.class)
class PreflightIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String CONNECTOR = Office365AuditSourceConnector.class.getName();
  private static final String SECRET = "marker~of-the-preflight";
  private static final String NAME = "preflight";

  @TempDir private Path folder;

  private static Simulator simulator() throws Exception {
    return Simulator.builder()
        .tenant(setup -> setup.clientSecret(SECRET).subscribed(ContentType.EXCHANGE))
        .start();
  }

  private static Map<String, String> config(Simulator simulator) {
    Map<String, String> config = new SimulatedConnector(simulator, NAME).config(1);
    config.put("validate.connection", "true");
    return config;
  }

  @Test
  void validationThroughRestSaysOnWhichKeyWhatIsMissing(ConnectRest rest) throws Exception {
    try (Simulator simulator = simulator()) {
      Map<String, String> config = config(simulator);
      simulator.tenant().consentTo(Permission.READ);

      Map<String, List<String>> errors = rest.validationErrors(CONNECTOR, config);

      assertThat(errors).containsOnlyKeys("content.types");
      assertThat(errors.get("content.types"))
          .allMatch(words -> words.contains("consent for ActivityFeed.ReadDlp is missing"));

      simulator.tenant().expireSecret();
      errors = rest.validationErrors(CONNECTOR, config);

      assertThat(errors).containsOnlyKeys("tenants.t0.client.secret");
      assertThat(errors.toString())
          .contains("the client secret has expired")
          .doesNotContain(SECRET);
    }
  }

  @Test
  void aConnectorThatCanReadNothingIsRefusedAndAcceptedOnceItCan(
      ConnectRest rest, WorkerProcess worker) throws Exception {
    try (Simulator simulator = simulator()) {
      Map<String, String> config = config(simulator);
      simulator.tenant().consentTo();

      RestException refusal =
          catchThrowableOfType(RestException.class, () -> rest.put(NAME, config));

      assertThat(refusal.status()).isEqualTo(400);
      assertThat(refusal)
          .hasMessageContainingAll(
              "tenants.t0.client.id: consent for ActivityFeed.Read is missing for tenant t0",
              "grant it in the Entra admin center")
          .hasMessageNotContaining(SECRET);
      assertThat(rest.connectors()).doesNotContain(NAME);
      assertThat(simulator.requests().count(Operation.START_SUBSCRIPTION)).isZero();

      simulator.tenant().consentTo(Permission.values());
      rest.put(NAME, config);
      rest.awaitRunning(NAME, 1, LIMIT);

      simulator.tenant().rotateSecret("another");
      RestException later = catchThrowableOfType(RestException.class, () -> rest.put(NAME, config));
      assertThat(later.status()).isEqualTo(400);
      assertThat(rest.status(NAME).toString()).contains("RUNNING");
      assertThat(Files.readString(worker.log())).doesNotContain(SECRET);
      assertThat(simulator.breaches()).isEmpty();
    } finally {
      if (rest.connectors().contains(NAME)) {
        rest.delete(NAME);
      }
    }
  }

  @Test
  void theCommandSaysTheSame(ConnectStack stack, WorkerProcess worker) throws Exception {
    try (Simulator simulator = simulator()) {
      Path secrets = Files.writeString(folder.resolve("secrets"), "secret=" + SECRET + "\n");
      Map<String, String> config = config(simulator);
      config.put("tenants.t0.client.secret", "${file:" + secrets + ":secret}");
      String file = ToolRun.file(folder, config);

      ToolRun ready = ToolRun.of(stack, worker, folder, "Preflight", file);
      assertThat(ready.status()).as("%s", ready).isZero();
      assertThat(ready.out()).contains("Audit.Exchange", "enabled", "Ready: 1 of 1");

      simulator.tenant().switchAuditingOff();
      ToolRun off = ToolRun.of(stack, worker, folder, "Preflight", file);
      assertThat(off.status()).as("%s", off).isOne();
      assertThat(off.out())
          .contains(
              "OFF", "tenants.t0.tenant.id: unified auditing is off for tenant t0", "NOT ready");

      ToolRun misuse = ToolRun.of(stack, worker, folder, "Preflight", "absent.json");
      assertThat(misuse.status()).as("%s", misuse).isEqualTo(2);
      assertThat(simulator.breaches()).isEmpty();
    }
  }
}
