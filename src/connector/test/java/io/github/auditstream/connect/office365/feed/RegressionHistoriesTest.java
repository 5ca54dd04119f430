package io.github.auditstream.connect.office365.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.config.CatchUpOrder;
import io.github.auditstream.connect.office365.feed.ModelBlob.Change;
import io.github.auditstream.connect.office365.feed.ModelBlob.Defect;
import io.github.auditstream.connect.office365.feed.ModelBlob.Kind;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Histories that {@link ModelTest} found to go against a promise once, made as short as can be. */
class RegressionHistoriesTest {
  private static final ModelWorld WORLD =
      new ModelWorld(
          1,
          Duration.ZERO,
          Duration.ofMinutes(10),
          Duration.ofHours(4),
          16,
          2_000,
          2_000,
          50,
          2_000,
          Duration.ofHours(1),
          CatchUpOrder.OLDEST_FIRST,
          Duration.ofMillis(800),
          Duration.ZERO,
          true,
          true,
          1);

  private static ModelStep publish(int blobs, int events, Defect defect) {
    return new ModelStep.Publish(
        0,
        blobs,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ofDays(7),
        Collections.nCopies(events, Kind.EVENT),
        defect);
  }

  private static ModelStep run(Duration duration, Duration betweenPolls) {
    return new ModelStep.Run(duration, betweenPolls);
  }

  private static void assertNoViolation(ModelStep... steps) {
    assertNoViolation(WORLD, steps);
  }

  private static void assertNoViolation(ModelWorld world, ModelStep... steps) {
    ModelHistory history = new ModelHistory(world, new ModelTally(), false);
    assertThat(QuietLog.during(() -> history.run(List.of(steps)))).isEmpty();
  }

  @Test
  void blobsThatFailTogetherStayWithinTheLimitOfParkedBlobs() {
    assertNoViolation(
        publish(130, 0, new Defect(Optional.of(ModelFault.GONE), 20, 0, Change.NONE)),
        run(Duration.ofHours(2), Duration.ofMinutes(1)));
  }

  @Test
  void permanentlyUnreadableBlobsDoNotBlockManyThatRecover() {
    assertNoViolation(
        publish(100, 1, new Defect(Optional.of(ModelFault.MALFORMED), 6, 0, Change.NONE)),
        publish(
            20, 2, new Defect(Optional.of(ModelFault.CUT_OFF), Defect.FOR_EVER, 1, Change.NONE)),
        run(Duration.ofMinutes(70), Duration.ofSeconds(10)));
  }

  @Test
  void anEventInFrontOfThoseAlreadySentIsSent() {
    assertNoViolation(
        publish(1, 3, new Defect(Optional.of(ModelFault.CUT_OFF), 1, 2, Change.ONE_MORE_IN_FRONT)),
        run(Duration.ofHours(1), Duration.ZERO));
  }

  @Test
  void gapsThatGrowBeforeTheyAreReportedAreReportedWhole() {
    assertNoViolation(
        run(Duration.ZERO, Duration.ZERO),
        publish(3, 1, Defect.NONE),
        new ModelStep.Outage(Duration.ofDays(8)),
        new ModelStep.FailCalls(
            EnumSet.of(ModelServer.Operation.LIST), ModelFault.THROTTLED_FOR_FIVE_MINUTES, 2),
        new ModelStep.Kill(Duration.ofMinutes(12), 2, 30));
  }

  /** With all places taken by them nothing more is listed, so that no other request goes well. */
  @Test
  void unreadableBlobsThatFillTheParkedListDoNotBlockLaterOnes() {
    ModelWorld narrow =
        new ModelWorld(
            WORLD.feeds(),
            WORLD.lookback(),
            WORLD.pollInterval(),
            WORLD.overlap(),
            2,
            WORLD.requestsPerMinute(),
            WORLD.mostRecords(),
            2,
            3,
            WORLD.pageLife(),
            WORLD.order(),
            WORLD.latency(),
            WORLD.skew(),
            WORLD.subscribed(),
            WORLD.staysUp(),
            WORLD.seed());
    Defect never = new Defect(Optional.of(ModelFault.UNAVAILABLE), Defect.FOR_EVER, 0, Change.NONE);
    assertNoViolation(
        narrow,
        publish(5, 1, never),
        publish(5, 1, Defect.NONE),
        run(Duration.ofHours(3), Duration.ofMinutes(1)));
  }
}
