package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.config.CatchUpOrder;
import io.github.auditstream.connect.office365.feed.ModelServer.Operation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Worlds and steps by chance. What comes first is what a failing history shrinks to. */
final class ModelSteps {
  private static final int MOST_STEPS = 25;
  private static final Duration RETENTION = Duration.ofDays(7);

  private ModelSteps() {}

  private record Listings(int mostWaiting, Duration pageLife, CatchUpOrder order) {}

  static Arbitrary<ModelWorld> worlds() {
    Arbitrary<ModelWorld> feeds =
        Combinators.combine(
                Arbitraries.of(1, 1, 1, 2, 3),
                Arbitraries.of(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(2), RETENTION),
                Arbitraries.of(
                    Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofMinutes(30)),
                Arbitraries.of(
                    Duration.ofHours(4),
                    Duration.ofMinutes(30),
                    Duration.ofHours(6),
                    Duration.ofDays(1)),
                Arbitraries.of(2, 1, 4, 16),
                Arbitraries.of(2_000, 2_000, 60),
                Arbitraries.of(2_000, 3, 1),
                Arbitraries.of(50, 1, 2, 4))
            .as(
                (count, lookback, poll, overlap, concurrency, quota, records, page) ->
                    new ModelWorld(
                        count,
                        lookback,
                        poll,
                        overlap,
                        concurrency,
                        quota,
                        records,
                        page,
                        2_000,
                        Duration.ofHours(1),
                        CatchUpOrder.OLDEST_FIRST,
                        Duration.ZERO,
                        Duration.ZERO,
                        true,
                        false,
                        0));
    Arbitrary<Listings> listings =
        Combinators.combine(
                Arbitraries.of(2_000, 2_000, 40, 3, 1),
                Arbitraries.of(Duration.ofHours(1), Duration.ofMinutes(10), Duration.ofMinutes(2)),
                Arbitraries.of(CatchUpOrder.class))
            .as(Listings::new);
    return Combinators.combine(
            feeds,
            listings,
            Arbitraries.of(Duration.ZERO, Duration.ofMillis(800), Duration.ofSeconds(20)),
            Arbitraries.of(
                Duration.ZERO, Duration.ZERO, Duration.ofMinutes(10), Duration.ofMinutes(-10)),
            Arbitraries.of(true, true, true, true, false),
            Arbitraries.of(false, false, true),
            Arbitraries.longs())
        .as(
            (world, listing, latency, skew, subscribed, staysUp, seed) ->
                new ModelWorld(
                    world.feeds(),
                    world.lookback(),
                    world.pollInterval(),
                    world.overlap(),
                    world.concurrency(),
                    world.requestsPerMinute(),
                    world.mostRecords(),
                    world.pageSize(),
                    listing.mostWaiting(),
                    listing.pageLife(),
                    listing.order(),
                    latency,
                    skew,
                    subscribed,
                    staysUp && world.pollInterval().compareTo(Duration.ofMinutes(1)) > 0,
                    seed));
  }

  static Arbitrary<List<ModelStep>> histories() {
    return Arbitraries.frequencyOf(
            Tuple.of(8, publish()),
            Tuple.of(6, run()),
            Tuple.of(1, seconds(0, 7_200).map(ModelStep.Idle::new)),
            Tuple.of(5, kill()),
            Tuple.of(2, outage()),
            Tuple.of(1, rewind()),
            Tuple.of(1, Arbitraries.of(CatchUpOrder.class).map(ModelStep.Reorder::new)),
            Tuple.of(4, failCalls()),
            Tuple.of(2, failFor()),
            Tuple.of(1, Arbitraries.integers().between(0, 2).map(ModelStep.Unsubscribe::new)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(MOST_STEPS);
  }

  private static Arbitrary<ModelStep> publish() {
    return Arbitraries.frequencyOf(
        Tuple.of(120, publish(1, 6, defects())),
        Tuple.of(4, publish(100, 130, passing())),
        Tuple.of(1, publish(100, 130, lasting())));
  }

  private static Arbitrary<ModelStep> publish(
      int least, int most, Arbitrary<ModelBlob.Defect> defects) {
    Arbitrary<Duration> ages =
        Arbitraries.frequencyOf(
            Tuple.of(4, seconds(0, 120)),
            Tuple.of(4, seconds(0, 36_000)),
            Tuple.of(1, seconds(0, 700_000)));
    Arbitrary<Duration> apart =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(Duration.ZERO)),
            Tuple.of(2, Arbitraries.integers().between(1, 2_000).map(Duration::ofMillis)),
            Tuple.of(2, seconds(1, 7_200)));
    Arbitrary<Duration> listedAfter =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(Duration.ZERO)), Tuple.of(2, seconds(1, 7_200)));
    Arbitrary<Duration> lifetimes =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.just(RETENTION)), Tuple.of(1, seconds(1_800, 20_000)));
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(least, most),
            ages,
            apart,
            listedAfter,
            lifetimes,
            elements(),
            defects)
        .as(ModelStep.Publish::new);
  }

  private static Arbitrary<List<ModelBlob.Kind>> elements() {
    return Arbitraries.frequencyOf(
            Tuple.of(30, Arbitraries.just(ModelBlob.Kind.EVENT)),
            Tuple.of(3, Arbitraries.just(ModelBlob.Kind.EVENT_WITHOUT_ID)),
            Tuple.of(3, Arbitraries.just(ModelBlob.Kind.EVENT_TWIN)),
            Tuple.of(2, Arbitraries.just(ModelBlob.Kind.NO_OBJECT)),
            Tuple.of(2, Arbitraries.just(ModelBlob.Kind.BROKEN)),
            Tuple.of(1, Arbitraries.just(ModelBlob.Kind.LARGE)),
            Tuple.of(1, Arbitraries.just(ModelBlob.Kind.HUGE)))
        .list()
        .ofMaxSize(7);
  }

  private static Arbitrary<ModelFault> faults() {
    return Arbitraries.of(
        ModelFault.CUT_SHORT,
        ModelFault.CUT_OFF,
        ModelFault.CUT_OFF,
        ModelFault.UNAVAILABLE,
        ModelFault.MALFORMED,
        ModelFault.GONE,
        ModelFault.FORBIDDEN,
        ModelFault.BAD_REQUEST);
  }

  private static Arbitrary<Integer> places() {
    return Arbitraries.integers().between(0, 7);
  }

  private static Arbitrary<ModelBlob.Defect> passing() {
    return Combinators.combine(faults(), Arbitraries.integers().between(1, 6), places())
        .as((fault, times, place) -> defect(fault, times, place, ModelBlob.Change.NONE));
  }

  private static Arbitrary<ModelBlob.Defect> lasting() {
    return Combinators.combine(faults(), places())
        .as(
            (fault, place) ->
                defect(fault, ModelBlob.Defect.FOR_EVER, place, ModelBlob.Change.NONE));
  }

  private static Arbitrary<ModelBlob.Defect> defects() {
    Arbitrary<ModelBlob.Defect> changing =
        Combinators.combine(
                Arbitraries.integers().between(1, 3),
                places(),
                Arbitraries.of(ModelBlob.Change.class))
            .as((times, place, change) -> defect(ModelFault.CUT_OFF, times, place, change));
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.just(ModelBlob.Defect.NONE)),
        Tuple.of(5, passing()),
        Tuple.of(2, lasting()),
        Tuple.of(1, changing));
  }

  private static ModelBlob.Defect defect(
      ModelFault fault, int times, int at, ModelBlob.Change change) {
    return new ModelBlob.Defect(Optional.of(fault), times, at, change);
  }

  private static Arbitrary<ModelStep> run() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, seconds(0, 20_000).map(d -> new ModelStep.Run(d, Duration.ZERO))),
        Tuple.of(4, seconds(0, 120).map(d -> new ModelStep.Run(d, Duration.ofSeconds(7)))),
        Tuple.of(4, seconds(60, 7_200).map(d -> new ModelStep.Run(d, Duration.ofMinutes(2)))),
        Tuple.of(
            2, seconds(3_600, 100_000).map(d -> new ModelStep.Run(d, Duration.ofMinutes(20)))));
  }

  private static Arbitrary<ModelStep> kill() {
    return Combinators.combine(
            Arbitraries.frequencyOf(Tuple.of(3, seconds(0, 60)), Tuple.of(1, seconds(60, 3_600))),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 100))
        .as(ModelStep.Kill::new);
  }

  private static Arbitrary<ModelStep> outage() {
    return Arbitraries.frequencyOf(
            Tuple.of(3, seconds(0, 3_600)),
            Tuple.of(3, seconds(3_600, 200_000)),
            Tuple.of(1, seconds(500_000, 800_000)))
        .map(ModelStep.Outage::new);
  }

  private static Arbitrary<ModelStep> rewind() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.frequencyOf(
                Tuple.of(5, seconds(0, 50_000)), Tuple.of(1, seconds(50_000, 800_000))))
        .as(ModelStep.Rewind::new);
  }

  private static Arbitrary<ModelStep> failCalls() {
    return Combinators.combine(
            operations(), Arbitraries.of(failures()), Arbitraries.integers().between(1, 6))
        .as(ModelStep.FailCalls::new);
  }

  private static Arbitrary<ModelStep> failFor() {
    return Combinators.combine(
            operations(),
            Arbitraries.of(failures()),
            Arbitraries.frequencyOf(
                Tuple.of(6, seconds(1, 3_600)),
                Tuple.of(3, seconds(3_600, 100_000)),
                Tuple.of(1, seconds(500_000, 800_000))))
        .as(ModelStep.FailFor::new);
  }

  private static Set<ModelFault> failures() {
    return EnumSet.of(
        ModelFault.UNAVAILABLE,
        ModelFault.THROTTLED,
        ModelFault.THROTTLED_FOR_FIVE_MINUTES,
        ModelFault.UNAUTHORISED,
        ModelFault.FORBIDDEN,
        ModelFault.MALFORMED,
        ModelFault.BAD_REQUEST,
        ModelFault.PAGE_EXPIRED,
        ModelFault.NOT_SUBSCRIBED);
  }

  private static Arbitrary<Set<Operation>> operations() {
    return Arbitraries.of(
        EnumSet.of(Operation.RETRIEVE),
        EnumSet.of(Operation.LIST, Operation.NEXT_PAGE),
        EnumSet.of(Operation.NEXT_PAGE),
        EnumSet.of(Operation.SUBSCRIPTIONS, Operation.START),
        EnumSet.allOf(Operation.class));
  }

  private static Arbitrary<Duration> seconds(int least, int most) {
    return Arbitraries.integers().between(least, most).map(Duration::ofSeconds);
  }
}
