package io.github.auditstream.connect.office365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.auditstream.connect.office365.fixtures.LeakedThreads;
import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import io.github.auditstream.connect.office365.fixtures.TokenEndpoint;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A stopped task leaves no thread, whatever it was at. The servers would hang for an hour more, so
 * that a stop which waited for one of them would not return before the test's time-out.
 */
@Timeout(180)
class TaskStopTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final LeakedThreads threads = new LeakedThreads();
  private Simulator simulator;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.builder().tenant(tenant -> tenant.subscribedToAll()).start();
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  private CountDownLatch hang(Operation operation, Fault fault) {
    CountDownLatch asked = new CountDownLatch(1);
    simulator
        .on(operation)
        .where(
            call -> {
              asked.countDown();
              return true;
            })
        .always()
        .meets(fault);
    return asked;
  }

  private TaskRig rig() {
    return new TaskRig(simulator).with("request.timeout.ms", "600000");
  }

  private void stop(Office365AuditSourceTask task) {
    assertThat(threads.now()).as("threads of a task that runs").isNotEmpty();
    task.stop();
    threads.awaitNone();
  }

  private void blob() {
    simulator
        .tenant()
        .blob(ContentType.EXCHANGE)
        .createdAgo(Duration.ofMinutes(5))
        .events(4_000)
        .add();
  }

  @Test
  void whileNothingGoesOn() throws Exception {
    Office365AuditSourceTask task = rig().start();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> simulator.requests().count(Operation.LIST_CONTENT) > 2);

    stop(task);
  }

  @Test
  void whileAListingGetsNoAnswer() throws Exception {
    CountDownLatch asked = hang(Operation.LIST_CONTENT, Fault.delayed(HOUR));
    Office365AuditSourceTask task = rig().start();
    asked.await();

    stop(task);

    assertThat(simulator.requests().count(Operation.LIST_CONTENT)).as("answers").isZero();
  }

  @Test
  void whileATokenRequestGetsNoAnswer() throws Exception {
    CountDownLatch asked = hang(Operation.TOKEN, Fault.delayed(HOUR));
    Office365AuditSourceTask task = rig().reading(ContentType.values()).start();
    asked.await();

    stop(task);

    assertThat(simulator.requests().count(Operation.TOKEN)).as("answers").isZero();
  }

  @Test
  void whileABodyDrips() throws Exception {
    CountDownLatch asked = hang(Operation.RETRIEVE_BLOB, Fault.dripping(100_000, HOUR));
    blob();
    Office365AuditSourceTask task = rig().start();
    asked.await();
    threads.awaitInside("io.github.auditstream.connect.office365.http.BodyStream", "await");

    stop(task);
  }

  @Test
  void whileABodysBeginningDrips() throws Exception {
    CountDownLatch asked = hang(Operation.RETRIEVE_BLOB, Fault.dripping(1, Duration.ofSeconds(1)));
    blob();
    Office365AuditSourceTask task = rig().start();
    asked.await();

    stop(task);
  }

  @Test
  void whileNobodyTakesWhatItHasRead() throws Exception {
    blob();
    Office365AuditSourceTask task = rig().with("buffer.bytes", "1048576").start();
    threads.awaitInside(
        "io.github.auditstream.connect.office365.feed.retrieval.ByteBudget", "take");

    stop(task);
  }

  @Test
  void whileRetrievalsBackOff() throws Exception {
    hang(Operation.RETRIEVE_BLOB, Fault.status(503));
    blob();
    Office365AuditSourceTask task = rig().start();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> simulator.requests().count(Operation.RETRIEVE_BLOB) > 1);

    stop(task);
  }

  @Test
  void whileAConnectionIsNotAccepted() throws Exception {
    try (TokenEndpoint entra = new TokenEndpoint(TestCertificate.localhost());
        ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      List<Socket> before = fill(full);
      Office365AuditSourceTask task =
          elsewhere(entra, full).with("connect.timeout.ms", "600000").start();
      // The connection to the API follows the token at once.
      await().atMost(Duration.ofMinutes(1)).until(() -> !entra.asked().isEmpty());

      stop(task);

      for (Socket each : before) {
        each.close();
      }
    }
  }

  @Test
  void whileTlsIsNotAnswered() throws Exception {
    try (TokenEndpoint entra = new TokenEndpoint(TestCertificate.localhost());
        ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("localhost"))) {
      silent.setSoTimeout(60_000);
      Office365AuditSourceTask task = elsewhere(entra, silent).start();
      try (Socket accepted = silent.accept()) {
        assertThat(accepted.getInputStream().read()).as("a handshake's first byte").isEqualTo(22);

        stop(task);

        assertThat(accepted.getInputStream().readAllBytes())
            .as("the rest, up to the closed connection's end")
            .isNotEmpty();
      }
    }
  }

  @Test
  void whenItNeverCameToStartForAnOffset() {
    TaskRig rig =
        rig()
            .reading(ContentType.EXCHANGE, ContentType.SHAREPOINT)
            .offset(ContentType.SHAREPOINT, Map.of("contentCreated", "nonsense"));

    assertThatThrownBy(rig::start)
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("contentCreated");

    threads.awaitNone();
  }

  @Test
  void whenItNeverCameToStartForATrustStore() {
    TaskRig rig = rig().with("ssl.truststore.password", "marker-wrong");

    assertThatThrownBy(rig::start)
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("marker");

    threads.awaitNone();
  }

  @Test
  void onAThreadThatIsInterrupted() throws Exception {
    CountDownLatch asked = hang(Operation.LIST_CONTENT, Fault.delayed(HOUR));
    Office365AuditSourceTask task = rig().start();
    asked.await();

    Thread.currentThread().interrupt();
    task.stop();

    assertThat(Thread.interrupted()).isTrue();
    threads.awaitNone();
  }

  @Test
  void twentyTimes() throws Exception {
    hang(Operation.LIST_CONTENT, Fault.delayed(HOUR));
    for (int i = 0; i < 20; i++) {
      CountDownLatch asked = hang(Operation.LIST_CONTENT, Fault.delayed(HOUR));
      Office365AuditSourceTask task = rig().start();
      asked.await();
      task.stop();
    }

    threads.awaitNone();
  }

  /** Connects until no connection is taken any more. */
  private static List<Socket> fill(ServerSocket server) throws IOException {
    List<Socket> connected = new ArrayList<>();
    while (true) {
      Socket next = new Socket();
      try {
        next.connect(server.getLocalSocketAddress(), 500);
        connected.add(next);
      } catch (IOException e) {
        next.close();
        return connected;
      }
    }
  }

  private TaskRig elsewhere(TokenEndpoint entra, ServerSocket management) {
    return rig()
        .with("ssl.truststore.location", TestCertificate.localhost().keyStore().toString())
        .with("ssl.truststore.password", TestCertificate.PASSWORD)
        .authority(entra.authority())
        .management(URI.create("https://localhost:" + management.getLocalPort()));
  }
}
