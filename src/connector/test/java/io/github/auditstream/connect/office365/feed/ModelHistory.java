package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.feed.ModelLedger.Epoch;
import io.github.auditstream.connect.office365.feed.offset.FeedState;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.FeedId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Runs one history: steps in a world, then a time without faults in which everything must come to
 * rest, then the oracle's judgement. The same world and steps always give the same.
 */
final class ModelHistory {
  private static final Instant BEGINNING = Instant.parse("2026-11-20T10:00:00.250Z");
  private static final Duration HEARTBEAT = Duration.ofMinutes(10);
  private static final Duration RETENTION = Duration.ofDays(7);

  private final ModelWorld world;
  private final VirtualTime time = new VirtualTime(BEGINNING);
  private final ModelServer server;
  private final ModelLedger ledger;
  private final ModelWorker worker;
  private final ModelTally tally;
  private int published;

  ModelHistory(ModelWorld world, ModelTally tally, boolean recording) {
    this.world = world;
    this.tally = tally;
    Random chance = new Random(world.seed());
    this.server = new ModelServer(time, world, chance);
    this.ledger =
        new ModelLedger(world.skew(), FeedState.MOST_PARKED + FeedState.MORE_PARKED + 1, recording);
    this.worker = new ModelWorker(time, world, server, chance, ledger);
  }

  /** What happened in words, if it was to be recorded. */
  List<String> story() {
    return ledger.story();
  }

  /** Everything that went against a promise; empty if nothing is wrong. */
  List<String> run(List<ModelStep> steps) {
    tally.history(steps.size());
    try {
      for (ModelStep step : steps) {
        ledger.record(server.now(), step);
        take(step);
        judgeOffsets();
      }
      comeToRest();
    } catch (RuntimeException e) {
      ledger.violation("the history broke off: " + e);
    }
    tally.outcome(worker.feeds(), server, ledger);
    return ledger.violations();
  }

  private void take(ModelStep step) {
    if (step instanceof ModelStep.Publish publish) {
      publish(publish);
    } else if (step instanceof ModelStep.Run run) {
      up();
      if (run.betweenPolls().isZero()) {
        pollingAlways(run.duration());
      } else {
        polling(run.duration(), run.betweenPolls());
      }
    } else if (step instanceof ModelStep.Idle idle) {
      up();
      time.pass(idle.duration());
    } else if (step instanceof ModelStep.Kill kill) {
      up();
      kill(kill);
    } else if (step instanceof ModelStep.Outage outage) {
      worker.kill();
      time.pass(outage.duration());
    } else if (step instanceof ModelStep.Rewind rewind) {
      worker.kill();
      worker.rewind(
          worker.feeds().get(rewind.feed() % world.feeds()), time.now().minus(rewind.back()));
      tally.rewind();
    } else if (step instanceof ModelStep.Reorder reorder) {
      worker.kill();
      worker.order(reorder.order());
    } else if (step instanceof ModelStep.FailCalls fail) {
      server.misbehave(fail.operations(), fail.fault(), Instant.MAX, fail.calls());
    } else if (step instanceof ModelStep.FailFor fail) {
      server.misbehave(
          fail.operations(), fail.fault(), server.now().plus(fail.duration()), Integer.MAX_VALUE);
    } else if (step instanceof ModelStep.Unsubscribe unsubscribe) {
      server.unsubscribe(worker.feeds().get(unsubscribe.feed() % world.feeds()).contentType());
    }
  }

  private void up() {
    if (!worker.isUp()) {
      worker.start();
      ledger.record(server.now(), "started");
    }
  }

  /** The worker polls from time to time: Kafka is slow. */
  private void polling(Duration duration, Duration betweenPolls) {
    for (Duration at = Duration.ZERO; at.compareTo(duration) <= 0; at = at.plus(betweenPolls)) {
      time.in(at, this::pollAndCommit);
    }
    time.pass(duration);
    pollAndCommit();
  }

  /** The worker polls whenever there may be something, and now and then when there is not. */
  private void pollingAlways(Duration duration) {
    for (Duration at = Duration.ZERO; at.compareTo(duration) <= 0; at = at.plus(HEARTBEAT)) {
      time.in(at, () -> {});
    }
    time.pass(duration, this::pollAndCommit);
    pollAndCommit();
  }

  /** Polls until nothing comes, as a worker does all the time. */
  private void pollAndCommit() {
    List<SourceRecord> polled;
    do {
      polled = worker.poll();
      worker.commit(polled, polled.size());
    } while (!polled.isEmpty());
  }

  private void kill(ModelStep.Kill kill) {
    time.pass(kill.idle());
    for (int poll = 0; poll < kill.polls(); poll++) {
      List<SourceRecord> polled = worker.poll();
      worker.commit(polled, polled.size());
    }
    List<SourceRecord> torn = worker.poll();
    worker.commit(torn, torn.size() * kill.committedPercent() / 100);
    worker.kill();
    tally.kill();
  }

  private void publish(ModelStep.Publish publish) {
    FeedId feed = worker.feeds().get(publish.feed() % world.feeds());
    for (int i = 0; i < publish.blobs(); i++) {
      Instant created =
          server
              .now()
              .plus(publish.listedAfter())
              .minus(publish.age())
              .minus(publish.apart().multipliedBy(i))
              .truncatedTo(ChronoUnit.MILLIS);
      ModelBlob blob =
          blob(
              feed.contentType(),
              created,
              publish.lifetime(),
              publish.elements(),
              publish.defect());
      if (publish.listedAfter().isZero()) {
        show(feed, blob);
      } else {
        time.in(publish.listedAfter(), () -> show(feed, blob));
      }
    }
  }

  private ModelBlob blob(
      ContentType type,
      Instant created,
      Duration lifetime,
      List<ModelBlob.Kind> elements,
      ModelBlob.Defect defect) {
    String id = "blob" + published++;
    ModelBlob blob =
        new ModelBlob(
            new ContentBlob(type, id, URI.create("model:" + id), created, created.plus(lifetime)),
            elements,
            defect);
    server.add(blob);
    return blob;
  }

  /** The blob is listed from now on, unless nobody has subscribed to it. */
  private void show(FeedId feed, ModelBlob blob) {
    if (!server.subscriptions().contains(feed.contentType()) || !server.isKept(blob)) {
      return;
    }
    blob.show();
    List<Epoch> epochs = ledger.epochs(feed);
    Optional<Instant> listed = worker.listed(feed);
    if (listed.isPresent() && blob.created().isBefore(listed.get())) {
      blob.late();
    }
    boolean tooLate =
        listed.isPresent() && blob.created().isBefore(listed.get().minus(world.overlap()));
    if (tooLate && !epochs.isEmpty()) {
      blob.tooLate(epochs.get(epochs.size() - 1).number());
    }
    ledger.record(server.now(), "listed" + (tooLate ? " too late: " : ": ") + blob);
  }

  private void comeToRest() {
    ledger.record(server.now(), "all faults end");
    server.behave();
    Instant wellSince = server.now();
    up();
    ModelOracle oracle = new ModelOracle(server, ledger);
    boolean heldUp = worker.feeds().stream().anyMatch(feed -> oracle.isHeldUp(feed.contentType()));
    // Whatever is on its way to being listed, is.
    pollingAlways(
        heldUp
            ? ModelOracle.TIME_TO_MAKE_ROOM
            : ModelOracle.TIME_TO_RECOVER.plus(Duration.ofHours(1)));
    untilTheLastExpires();
    List<ModelBlob> probes = new ArrayList<>();
    for (FeedId feed : worker.feeds()) {
      ModelBlob probe =
          blob(
              feed.contentType(),
              server.now().truncatedTo(ChronoUnit.MILLIS),
              RETENTION,
              List.of(ModelBlob.Kind.EVENT),
              ModelBlob.Defect.NONE);
      show(feed, probe);
      probes.add(probe);
    }
    pollingAlways(longestRound().multipliedBy(12).plusMinutes(20));
    for (FeedId feed : worker.feeds()) {
      oracle.judge(feed, wellSince);
      judgeRest(feed);
    }
    judgeOffsets();
    for (ModelBlob probe : probes) {
      if (!ledger.isSettled(probe)) {
        ledger.violation("the feed is stuck: a blob that was published at last never arrived");
      }
    }
  }

  /** Blobs that can never be read are reported when they expire. */
  private void untilTheLastExpires() {
    Instant last = server.now();
    for (FeedId feed : worker.feeds()) {
      for (ModelBlob blob : server.blobs(feed.contentType())) {
        Instant expiration = blob.descriptor().contentExpiration();
        if (blob.isVisible() && !ledger.isSettled(blob) && expiration.isAfter(last)) {
          last = expiration;
        }
      }
    }
    Duration left = Duration.between(server.now(), last);
    if (left.isZero()) {
      return;
    }
    if (world.staysUp()) {
      pollingAlways(left.plus(Duration.ofMinutes(30)));
    } else {
      ledger.record(server.now(), "down until the last blob expires");
      worker.kill();
      time.pass(left);
      up();
      pollingAlways(Duration.ofMinutes(30));
    }
  }

  private void judgeOffsets() {
    for (FeedId feed : worker.feeds()) {
      for (Epoch epoch : ledger.epochs(feed)) {
        epoch.watermarks().ifPresent(watermarks -> judgeSize(feed, watermarks));
      }
    }
  }

  /** The offset remembers no blob from before the hour up to which all is done. */
  private void judgeSize(FeedId feed, ModelLedger.Watermarks watermarks) {
    long since =
        server.blobs(feed.contentType()).stream()
            .filter(blob -> watermarks.remembers(blob.created().truncatedTo(ChronoUnit.HOURS)))
            .count();
    if (watermarks.settled() > since) {
      ledger.violation(watermarks.settled() + " blobs in the offset where " + since + " would do");
    }
  }

  /** From the begin of a listing to that of the next one, where all blobs are listed. */
  private Duration longestRound() {
    long pages = published / world.pageSize() + 3L;
    return world.pollInterval().plus(world.latency().multipliedBy(2 * pages));
  }

  private void judgeRest(FeedId feed) {
    Epoch epoch = ledger.epoch(feed.contentType());
    Struct status = epoch.status().orElse(null);
    if (status == null) {
      ledger.violation("no status record of " + feed);
      return;
    }
    if (status.getInt32("WaitingBlobs") != 0
        || status.getInt32("ParkedBlobs") != 0
        || status.get("Problem") != null) {
      ledger.violation("the feed does not come to rest: " + status);
    }
    ModelLedger.Watermarks watermarks = epoch.watermarks().orElseThrow();
    if (watermarks.backlogFrom() != null) {
      ledger.violation("the backlog is never done: " + watermarks);
    }
    Duration slack = longestRound().multipliedBy(2).plusMinutes(15);
    Duration longLooks = longestRound().multipliedBy(12).plusMinutes(15);
    if (watermarks.listedUntil().isBefore(server.now().minus(slack))
        || watermarks
            .completeUntil()
            .isBefore(watermarks.listedUntil().minus(world.overlap()).minus(longLooks))) {
      ledger.violation("the feed's watermarks stand still at " + server.now() + ": " + watermarks);
    }
  }
}
