package io.github.auditstream.connect.office365.feed;

import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

/** Source offsets whose progress lies in the future, over TLS. */
class FutureOffsetTest extends SimulatorFixture {
  private static List<String> notices(FeedRig rig) {
    return rig.statuses().stream()
        .map((Struct status) -> status.getString("Notice"))
        .filter(notice -> notice != null)
        .toList();
  }

  @Test
  void aListedUntilInTheFutureSilencesNothingAndRepeatsNothing() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(2), 10, 2);
    try (FeedRig rig = new FeedRig(simulator, clock, EXCHANGE).lookback(Duration.ofHours(5))) {
      rig.start().runUntilComplete().stop();
      Map<String, Object> offset = new HashMap<>(rig.offset(EXCHANGE));
      offset.put("listedUntil", clock.instant().plus(Duration.ofDays(400)).toString());
      rig.putOffset(EXCHANGE, offset);
      tenant.blob(EXCHANGE).created(clock.instant()).events(2).add();

      rig.start().runUntilComplete();
      // The first round lists from completeUntil on, as after any start; the next ones from here.
      tenant.blob(EXCHANGE).created(clock.instant()).events(2).add();
      rig.runUntilComplete();
      rig.runUntil("a notice", r -> !notices(r).isEmpty());

      assertThat(rig.arrived()).isEqualTo(rig.expected());
      assertThat(notices(rig).get(0)).contains("lay in the future", "does not come twice");
      assertThat(Instant.parse((String) rig.offset(EXCHANGE).get("listedUntil")))
          .isBefore(clock.instant().plusSeconds(60));
    }
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void aCompleteUntilInTheFutureLosesNothingAndIsReported() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(40), 10, 2);
    try (FeedRig rig = new FeedRig(simulator, clock, EXCHANGE).lookback(Duration.ofHours(50))) {
      rig.start().runUntilComplete().stop();
      Map<String, Object> offset = new HashMap<>(rig.offset(EXCHANGE));
      Instant future = clock.instant().plus(Duration.ofDays(400));
      offset.put("listedUntil", future.toString());
      offset.put("completeUntil", future.toString());
      offset.put("settled", "");
      rig.putOffset(EXCHANGE, offset);
      tenant.blob(EXCHANGE).created(clock.instant()).events(2).add();

      rig.start().runUntil("what was missing", r -> r.missing().isEmpty());
      rig.runUntil("a notice", r -> !notices(r).isEmpty());

      assertThat(notices(rig).get(0)).contains("lay in the future", "can come twice");
      assertThat(rig.arrived().values().stream().filter(times -> times > 1).count())
          .as("events of the overlap before the last record")
          .isLessThanOrEqualTo(4);
    }
  }
}
