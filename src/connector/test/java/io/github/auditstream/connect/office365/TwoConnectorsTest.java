package io.github.auditstream.connect.office365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two connectors that read one tenant, on one worker. */
class TwoConnectorsTest {
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private Simulator simulator;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.builder().tenant(tenant -> tenant.subscribedToAll()).start();
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() {
    System.setErr(before);
    simulator.close();
  }

  private TaskRig rig(String name) {
    return new TaskRig(simulator).named(name).reading(ContentType.EXCHANGE, ContentType.GENERAL);
  }

  private String log() {
    return logged.toString(StandardCharsets.UTF_8);
  }

  @Test
  void eachIsWarnedOfTheOtherWhereTheyWriteTheSameTopics() {
    Office365AuditSourceTask first = rig("first").start();
    Office365AuditSourceTask second = rig("second").reading(ContentType.EXCHANGE).start();
    try {
      assertThat(log())
          .containsOnlyOnce("second and first both read")
          .contains(simulator.tenant().id() + "/Audit.Exchange into", "office365", "twice")
          .doesNotContain("Audit.General into");
    } finally {
      first.stop();
      second.stop();
    }
  }

  @Test
  void noWarningWhereTopicsOrFeedsDifferOrOneRunsAfterTheOther() {
    Office365AuditSourceTask first = rig("first").start();
    Office365AuditSourceTask elsewhere = rig("else").with("topic.prefix", "other").start();
    Office365AuditSourceTask others = rig("dlp").reading(ContentType.DLP).start();
    Office365AuditSourceTask again = rig("first").start();
    first.stop();
    again.stop();
    Office365AuditSourceTask later = rig("later").start();
    later.stop();
    elsewhere.stop();
    others.stop();

    assertThat(log()).doesNotContain("both read");
  }
}
