package io.github.auditstream.connect.office365.quickstart.chaos;

import io.github.auditstream.connect.office365.simulator.Breach;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.SimulatedConnectorConfig;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.KafkaDistribution;
import io.github.auditstream.connect.office365.testkit.Pause;
import io.github.auditstream.connect.office365.testkit.ReadRecord;
import io.github.auditstream.connect.office365.testkit.StackFolders;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Fifteen feeds under live load on a cluster of two workers; for a while steps drawn from a seed
 * are taken against workers, connector, broker and API. Then the load stops, what was broken is
 * over, and everything that was published is compared with what arrived.
 *
 * <p>The seed decides the steps and how long each lasts; what they hit is the machine's.
 */
public final class ChaosRun {
  private static final String PREFIX = "chaos";
  private static final String RECEIPTS = PREFIX + ".receipts";
  private static final int FIRST_TASKS = 3;

  /**
   * Brokers of 4.1 and later forget a prepared transaction's markers for a partition that is
   * without a leader at that moment ("these partitions are likely deleted already and hence can be
   * skipped"): where the only replica is being restarted, its transaction hangs for ever. Brokers
   * of 3.9 try again.
   */
  private static final String BROKER = KafkaDistribution.PREVIOUS;

  /** Also where the machine is so slow that the time is over before: fewer would prove little. */
  private static final int FEWEST_STEPS = 8;

  private static final Duration SHORTEST_CALM = Duration.ofMillis(100);
  private static final Duration LONGEST_CALM = Duration.ofSeconds(6);

  /** A producer whose worker was killed holds committed reading up for ten seconds. */
  private static final Duration PROGRESS_LIMIT = Duration.ofSeconds(30);

  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(6);
  private static final int BREACHES_SHOWN = 10;

  private final ChaosOptions options;
  private final StackFolders folders;
  private final ChaosLog log;
  private final Draw draw;
  private final Map<String, Integer> steps = new TreeMap<>();
  private final Map<String, Integer> apiFaults = new TreeMap<>();

  /**
   * @param folders {@code work} takes data, logs and the simulator's certificate
   * @param lines takes what happens, line by line, from several threads but one at a time
   */
  public ChaosRun(ChaosOptions options, StackFolders folders, Consumer<String> lines) {
    this.options = options;
    this.folders = folders;
    this.log = new ChaosLog(lines);
    this.draw = new Draw(options.seed());
  }

  /** Runs to the end; what is wrong then is in the report. For one call. */
  public ChaosReport run() {
    log.print("Chaos for " + options.length() + ": " + options.command());
    try (ChaosTenants tenants =
            ChaosTenants.start(folders.work().resolve("simulator"), options.seed());
        ConnectStack stack = ConnectStack.start(folders, BROKER)) {
      tenants.publishHistory();
      ChaosCluster cluster =
          ChaosCluster.start(
              stack,
              tasks -> SimulatedConnectorConfig.of(tenants.simulator(), PREFIX, tasks),
              FIRST_TASKS,
              log);
      tenants.loadOn();
      awaitFirstReceipt(stack);
      log.say("cluster and connector are up, load is on");
      FailedTasks operator = FailedTasks.restartFrom(cluster.workers(), log);
      Duration took;
      try (operator) {
        took = takeSteps(cluster, tenants);
        calm(cluster, tenants);
      }
      cluster.stopWorkers();
      return conclude(cluster, tenants, operator, took);
    }
  }

  private static void awaitFirstReceipt(ConnectStack stack) {
    try (TopicReader reader = stack.reader(TopicReader.Isolation.READ_COMMITTED)) {
      reader.readAtLeast(1, DRAIN_LIMIT, RECEIPTS);
    }
  }

  private Duration takeSteps(ChaosCluster cluster, ChaosTenants tenants) {
    Duration begin = log.elapsed();
    // Also the shortest run has a kill.
    Deque<ChaosStep> bag = new ArrayDeque<>(List.of(ChaosStep.KILL_WORKER));
    Deque<ApiFaults> pendingFaults = new ArrayDeque<>();
    try (Progress progress = new Progress(cluster.stack(), RECEIPTS)) {
      for (int taken = 0;
          taken < FEWEST_STEPS || log.elapsed().minus(begin).compareTo(options.length()) < 0;
          taken++) {
        if (bag.isEmpty()) {
          bag.addAll(draw.shuffled(List.of(ChaosStep.values())));
        }
        if (pendingFaults.isEmpty()) {
          pendingFaults.addAll(draw.shuffled(List.of(ApiFaults.values())));
        }
        change(pendingFaults.removeFirst(), tenants);
        boolean afterRecovery = draw.coin();
        Duration calm = draw.between(SHORTEST_CALM, LONGEST_CALM);
        if (afterRecovery && !progress.awaitMore(PROGRESS_LIMIT)) {
          log.say("nothing has arrived for %d s", PROGRESS_LIMIT.toSeconds());
        }
        Pause.of(calm);
        ChaosStep step = bag.removeFirst();
        steps.merge(step.label(), 1, Integer::sum);
        step.take(cluster, draw);
      }
    }
    return log.elapsed().minus(begin);
  }

  private void change(ApiFaults fault, ChaosTenants tenants) {
    tenants.simulator().endFaults();
    fault.begin(tenants.simulator(), draw.seed());
    apiFaults.merge(fault.label(), 1, Integer::sum);
    log.say("API: %s", fault.label());
  }

  /** Ends all faults and waits until everything that was published has its receipt. */
  private void calm(ChaosCluster cluster, ChaosTenants tenants) {
    tenants.simulator().endFaults();
    tenants.loadOff();
    log.say("load is off, faults are over");
    cluster.resumeUntilRunning();
    Set<String> published =
        tenants.simulator().ledger().blobs().stream()
            .map(PublishedBlob::contentId)
            .collect(Collectors.toSet());
    try (TopicReader reader = cluster.stack().reader(TopicReader.Isolation.READ_COMMITTED)) {
      reader.readUntil(
          List.of(RECEIPTS),
          "receipt of each blob",
          DRAIN_LIMIT,
          records ->
              records.stream()
                  .map(ReadRecord::key)
                  .collect(Collectors.toSet())
                  .containsAll(published));
    }
    log.say("every blob has a receipt");
    cluster.resumeUntilRunning();
  }

  private ChaosReport conclude(
      ChaosCluster cluster, ChaosTenants tenants, FailedTasks operator, Duration took) {
    List<PublishedBlob> ledger = tenants.simulator().ledger().blobs();
    ChaosProof proof = new ChaosProof(ledger);
    try (TopicReader reader = cluster.stack().reader(TopicReader.Isolation.READ_COMMITTED)) {
      List<String> own = List.of(RECEIPTS, PREFIX + ".status", PREFIX + ".deadletter");
      List<String> events =
          reader.topics(PREFIX + ".").stream().filter(topic -> !own.contains(topic)).toList();
      reader.readEach(events, proof::event);
      reader.readEach(List.of(RECEIPTS), proof::receipt);
      reader.readEach(List.of(PREFIX + ".deadletter"), proof::deadLetter);
    }
    proof.conclude();
    List<String> errors = new ArrayList<>(proof.errors());
    List<Breach> breaches = tenants.simulator().breaches();
    breaches.stream().limit(BREACHES_SHOWN).forEach(breach -> errors.add("broken rule: " + breach));
    operator.unexpected().forEach(cause -> errors.add("a task failed by itself: " + cause.trace()));
    return new ChaosReport(
        options,
        took,
        steps,
        apiFaults,
        cluster.workerKills(),
        cluster.brokerKills(),
        operator.causes(),
        cluster.refusals(),
        cluster.leaderRestarts(),
        tenants.faultyRequests(),
        ledger.stream().mapToLong(PublishedBlob::events).sum(),
        ledger.size(),
        proof.lost(),
        proof.twice(),
        proof.completeReceipts(),
        errors);
  }
}
