package io.github.auditstream.connect.office365.quickstart;

import io.github.auditstream.connect.office365.quickstart.HistoryTally.TenantProgress;
import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ConnectorState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Shows how a history is read beside a live feed, until all of both has arrived. */
final class HistoryFollower {
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final Duration PLAIN_REFRESH = Duration.ofSeconds(5);

  private final ConnectRest rest;
  private final TopicWatch watch;
  private final HistoryTally tally;
  private final Screen screen;
  private final QuickStartOptions options;
  private final BooleanSupplier stopping;
  private long seen;
  private long progressNanos = System.nanoTime();
  private long shownNanos = System.nanoTime();

  /**
   * @param stopping asked often; true ends it
   */
  HistoryFollower(
      ConnectRest rest,
      TopicWatch watch,
      HistoryTally tally,
      Screen screen,
      QuickStartOptions options,
      BooleanSupplier stopping) {
    this.rest = rest;
    this.watch = watch;
    this.tally = tally;
    this.screen = screen;
    this.options = options;
    this.stopping = stopping;
  }

  /** Until what the live feed offers now is there. */
  void awaitLive(String connector, Supplier<Set<String>> offered) {
    Set<String> wanted = offered.get();
    await(List.of(connector), () -> tally.missing(wanted) == 0);
    screen.settle();
  }

  /**
   * Until the ledger says that the history is done, and all that is offered by then is there.
   *
   * @param offered by the live feed or to the history
   * @param tenants how many there are
   */
  void awaitHistory(List<String> connectors, int tenants, Supplier<Set<String>> offered) {
    await(connectors, () -> isDone(tenants));
    Set<String> wanted = offered.get();
    await(connectors, () -> tally.missing(wanted) == 0);
    screen.live(count(wanted));
    screen.settle();
    if (!stopping.getAsBoolean() && tally.twice() > 0) {
      throw new QuickStartException(tally.twice() + " events arrived more than once");
    }
  }

  private boolean isDone(int tenants) {
    List<TenantProgress> known = tally.tenants();
    known.stream()
        .filter(tenant -> tenant.state().equals("INCOMPLETE"))
        .findFirst()
        .ifPresent(
            tenant -> {
              throw new QuickStartException("The history is incomplete. " + tenant.reason());
            });
    return known.size() == tenants
        && known.stream().allMatch(tenant -> tenant.state().equals("DONE"));
  }

  private void await(List<String> connectors, BooleanSupplier reached) {
    while (!stopping.getAsBoolean() && !reached.getAsBoolean()) {
      watch.poll(TICK);
      long records = watch.tallies().stream().mapToLong(TopicTally::records).sum();
      if (records > seen) {
        seen = records;
        progressNanos = System.nanoTime();
      }
      if (since(shownNanos).compareTo(screen.isTerminal() ? REFRESH : PLAIN_REFRESH) >= 0) {
        shownNanos = System.nanoTime();
        connectors.forEach(this::check);
        screen.live(progress());
      }
    }
  }

  private void check(String connector) {
    ConnectorState state = rest.status(connector);
    if (state.failed()) {
      throw new QuickStartException(
          "The connector " + connector + " failed: " + Follower.reason(state.failure()));
    }
    if (since(progressNanos).compareTo(options.patience()) > 0) {
      throw new QuickStartException(
          "Nothing has arrived for %s, and not everything is there: %s"
              .formatted(StartProgress.seconds(since(progressNanos)), progress()));
    }
  }

  private List<String> progress() {
    List<String> lines = new ArrayList<>();
    List<TenantProgress> tenants = tally.tenants();
    String events = "  live %s events".formatted(TopicTable.number(tally.live()));
    if (tenants.isEmpty()) {
      return List.of(events);
    }
    lines.add(
        "%s; history %s events, %d of %d slices"
            .formatted(
                events,
                TopicTable.number(tally.history()),
                tenants.stream().mapToInt(TenantProgress::done).sum(),
                tenants.stream().mapToInt(TenantProgress::slices).sum()));
    tenants.stream()
        .map(TenantProgress::reason)
        .filter(reason -> !reason.isEmpty())
        .forEach(reason -> lines.add("    " + reason));
    return lines;
  }

  private List<String> count(Set<String> wanted) {
    long alreadyThere = tally.tenants().stream().mapToLong(TenantProgress::alreadyThere).sum();
    return List.of(
        "",
        "The history of %d days beside the live feed:"
            .formatted(options.historyDays().orElseThrow()),
        line("live", tally.live(), "events"),
        line("history", tally.history(), "events"),
        line("in both", alreadyThere, "late events, which the history found in the topics"),
        line("lost", tally.missing(wanted), ""),
        line("twice", tally.twice(), ""));
  }

  private static String line(String name, long number, String what) {
    return "  %-8s %8s %s".formatted(name, TopicTable.number(number), what).stripTrailing();
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
