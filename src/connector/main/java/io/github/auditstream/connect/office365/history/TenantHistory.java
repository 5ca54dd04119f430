package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.config.QuerySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the history of one tenant: starts the slices that are due, so many at once as are allowed,
 * and has each run its steps. Safe for many threads.
 */
final class TenantHistory {
  private static final Duration LOOK_AT_LIVE = Duration.ofMinutes(1);

  private final TenantAccess access;
  private final QuerySettings settings;
  private final Duration settledAfter;
  private final Steps steps;
  private final HistoryTools tools;
  private final Set<Slice> underWay = new HashSet<>();
  private final Map<Slice, Instant> notBefore = new HashMap<>();
  private Instant nextLookAtLive = Instant.MIN;
  private Instant liveDoneBefore = Instant.MIN;

  /** Those that are under way, and those that have made room for others. */
  private final Map<Slice, SliceRun> runs = new HashMap<>();

  TenantHistory(
      TenantAccess access, QuerySettings settings, Duration settledAfter, HistoryTools tools) {
    this.access = access;
    this.settings = settings;
    this.settledAfter = settledAfter;
    this.steps = tools.steps();
    this.tools = tools;
  }

  Ledger ledger() {
    return access.ledger();
  }

  /** Looks for slices to start now, and again and again. */
  void start() {
    steps.after(Duration.ZERO, () -> begin(1));
  }

  private void begin(int attempt) throws InterruptedException {
    Optional<ApiOutcome.Failed<?>> failure = access.begin();
    if (failure.isEmpty()) {
      look();
      return;
    }
    steps.after(access.pauseAfter(failure.get(), attempt), () -> begin(attempt + 1));
  }

  private void look() throws InterruptedException {
    lookAtLive();
    startDue();
    steps.after(settings.firstPoll(), this::look);
  }

  /** What the live connector is still going to send must not be sent before it. */
  private void lookAtLive() throws InterruptedException {
    Instant now = access.now();
    synchronized (this) {
      if (now.isBefore(nextLookAtLive)) {
        return;
      }
      nextLookAtLive = now.plus(access.scaled(LOOK_AT_LIVE));
    }
    Instant done = access.liveDoneBefore();
    synchronized (this) {
      liveDoneBefore = done;
    }
  }

  private synchronized void startDue() {
    Instant now = access.now();
    List<Slice> left = access.ledger().left();
    for (Slice slice : left) {
      if (underWay.size() >= settings.concurrency()) {
        return;
      }
      if (!underWay.contains(slice) && isDue(slice, now)) {
        underWay.add(slice);
        SliceRun run =
            runs.computeIfAbsent(
                slice, each -> new SliceRun(each, access, settings, new EventSender(tools)));
        steps.after(Duration.ZERO, () -> step(run));
      }
    }
  }

  private boolean isDue(Slice slice, Instant now) {
    Instant earliest = notBefore.getOrDefault(slice, Instant.MIN);
    boolean mayStart =
        access.ledger().entry(slice).query().isPresent() || access.untilCreation().isZero();
    Instant settled = slice.until().plus(settledAfter);
    return mayStart
        && !earliest.isAfter(now)
        && !settled.isAfter(now)
        && !settled.isAfter(liveDoneBefore);
  }

  private void step(SliceRun run) throws InterruptedException {
    SliceRun.Next next = run.step();
    if (next instanceof SliceRun.Next.Step step) {
      steps.after(step.after(), () -> step(run));
      return;
    }
    synchronized (this) {
      underWay.remove(run.slice());
      if (next instanceof SliceRun.Next.Yield yield) {
        notBefore.put(run.slice(), access.now().plus(yield.pause()));
      } else {
        runs.remove(run.slice());
        notBefore.remove(run.slice());
      }
    }
    startDue();
  }
}
