package io.github.auditstream.connect.office365.it.matrix;

import io.github.auditstream.connect.office365.simulator.TenantSetup;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Clocks that do not agree. */
final class TimeRows {
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private TimeRows() {}

  static List<Row> rows() {
    return List.of(
        new Row("server-date-ten-minutes-ahead", scene -> date(scene, TEN_MINUTES)),
        new Row("server-date-ten-minutes-behind", scene -> date(scene, TEN_MINUTES.negated())),
        new Row("server-clock-ten-minutes-ahead", scene -> clock(scene, TEN_MINUTES)),
        new Row("server-clock-ten-minutes-behind", scene -> clock(scene, TEN_MINUTES.negated())));
  }

  /** Only what the server says of its time is wrong, for a while. */
  private static void date(Scene scene, Duration skew) {
    scene.simulator().clockSkew(skew);
    scene.publish();
    scene.start();
    scene.await("most of the content", () -> scene.arrivals().receipts().size() >= 10);
    scene.publishNow();
    scene.simulator().clockSkew(Duration.ZERO);
    scene.publishNow();
  }

  /** The server lives at another time than the worker and the broker. */
  private static void clock(Scene scene, Duration offset) {
    scene.simulate(
        builder ->
            builder
                .clock(Clock.offset(Clock.systemUTC(), offset))
                .tenant(TenantSetup::subscribedToAll));
    scene.set("initial.lookback", "P7D");
    scene.publish();
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    scene.publishNow();
  }
}
