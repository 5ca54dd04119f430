package io.github.auditstream.connect.office365.feed.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.feed.offset.Blobs;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class FailurePolicyTest {
  private static final Duration LEFT = Duration.ofDays(3);

  private static FailurePolicy.Verdict decide(
      ApiOutcome.Kind kind, int attempts, boolean othersSucceeded, Duration left) {
    return FailurePolicy.decide(
        new ApiOutcome.Failed<>(kind, 0, "", "reason", Optional.empty()),
        new FailurePolicy.Circumstances(
            attempts, 1, othersSucceeded, false, Blobs.NOON.plus(left), Blobs.NOON, 0.5));
  }

  @Test
  void aSingleRefusedBlobIsParkedLikeAnyBadOne() {
    FailurePolicy.Verdict verdict =
        FailurePolicy.decide(
            new ApiOutcome.Failed<>(ApiOutcome.Kind.FORBIDDEN, 403, "", "reason", Optional.empty()),
            new FailurePolicy.Circumstances(
                FailurePolicy.QUICK_ATTEMPTS,
                1,
                true,
                true,
                Blobs.NOON.plus(LEFT),
                Blobs.NOON,
                0.5));

    assertThat(verdict).isInstanceOf(FailurePolicy.Verdict.Park.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = ApiOutcome.Kind.class,
      names = {"GONE", "BAD_REQUEST", "MALFORMED", "UNAVAILABLE"})
  void aBadBlobIsRetriedQuicklyThenParked(ApiOutcome.Kind kind) {
    for (int attempt = 1; attempt < FailurePolicy.QUICK_ATTEMPTS; attempt++) {
      assertThat(decide(kind, attempt, true, LEFT)).isInstanceOf(FailurePolicy.Verdict.Again.class);
    }
    assertThat(decide(kind, FailurePolicy.QUICK_ATTEMPTS, true, LEFT))
        .isInstanceOf(FailurePolicy.Verdict.Park.class);
  }

  @Test
  void anOutageDoesNotCountAgainstABlob() {
    assertThat(decide(ApiOutcome.Kind.UNAVAILABLE, 500, false, LEFT))
        .isInstanceOf(FailurePolicy.Verdict.Again.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = ApiOutcome.Kind.class,
      names = {"THROTTLED", "UNAUTHORISED", "FORBIDDEN", "NOT_SUBSCRIBED"})
  void aFailureOfTheWholeFeedNeverCostsABlob(ApiOutcome.Kind kind) {
    assertThat(decide(kind, 500, true, LEFT)).isInstanceOf(FailurePolicy.Verdict.Again.class);
  }

  @ParameterizedTest
  @EnumSource(value = ApiOutcome.Kind.class, mode = Mode.EXCLUDE, names = "EXPIRED")
  void noBlobIsGivenUpBeforeItExpires(ApiOutcome.Kind kind) {
    assertThat(decide(kind, 1_000, true, Duration.ofMillis(1)))
        .isNotInstanceOf(FailurePolicy.Verdict.GiveUp.class);
  }

  @Test
  void expiredBlobsAreGivenUp() {
    assertThat(decide(ApiOutcome.Kind.EXPIRED, 1, true, LEFT))
        .isInstanceOf(FailurePolicy.Verdict.GiveUp.class);
    assertThat(decide(ApiOutcome.Kind.MALFORMED, 9, true, Duration.ZERO))
        .isInstanceOf(FailurePolicy.Verdict.GiveUp.class);
  }

  @Test
  void aBlobIsTriedOnceMoreShortlyBeforeItExpires() {
    assertThat(decide(ApiOutcome.Kind.GONE, 60, true, Duration.ofHours(2)))
        .isEqualTo(new FailurePolicy.Verdict.Park(Blobs.NOON.plusSeconds(110 * 60)));
    assertThat(decide(ApiOutcome.Kind.GONE, 60, true, Duration.ofMinutes(1)))
        .isEqualTo(new FailurePolicy.Verdict.Park(Blobs.NOON.plusSeconds(60)));
  }

  @Test
  void parkedBlobsAreTriedMoreAndMoreRarely() {
    Duration before = Duration.ZERO;
    for (int attempts = FailurePolicy.QUICK_ATTEMPTS; attempts < 12; attempts++) {
      var park =
          (FailurePolicy.Verdict.Park)
              decide(ApiOutcome.Kind.GONE, attempts, true, Duration.ofDays(7));
      Duration pause = Duration.between(Blobs.NOON, park.retryAt());
      assertThat(pause).isGreaterThan(before);
      before = pause;
    }
  }
}
