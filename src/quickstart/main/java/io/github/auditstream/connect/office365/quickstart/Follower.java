package io.github.auditstream.connect.office365.quickstart;

import io.github.auditstream.connect.office365.quickstart.TopicTable.Row;
import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ConnectorState;
import io.github.auditstream.connect.office365.testkit.RestException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.connect.data.Struct;

/** Shows what arrives in a connector's topics until it is enough or something is wrong. */
final class Follower {
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final Duration PLAIN_REFRESH = Duration.ofSeconds(5);
  private static final Duration SETTLED = Duration.ofSeconds(5);

  /** What is drawn in place must fit a terminal of 24 lines. */
  private static final int LIVE_ROWS = 14;

  private static final int LIVE_WIDTH = 79;

  private static final int SAMPLE_LINES = 9;

  private final ConnectRest rest;
  private final String connector;
  private final TopicWatch watch;
  private final Screen screen;
  private final QuickStartOptions options;
  private final Clock clock;
  private long seen;
  private long progressNanos = System.nanoTime();
  private long shownNanos;
  private boolean samplesShown;
  private ConnectorState state = new ConnectorState("STARTING", "", List.of());

  Follower(
      ConnectRest rest,
      String connector,
      TopicWatch watch,
      Screen screen,
      QuickStartOptions options,
      Clock clock) {
    this.rest = rest;
    this.connector = connector;
    this.watch = watch;
    this.screen = screen;
    this.options = options;
    this.clock = clock;
  }

  /**
   * Follows the topics.
   *
   * @param stopping asked often; true ends it
   */
  void follow(BooleanSupplier stopping) {
    shownNanos = System.nanoTime();
    while (!stopping.getAsBoolean()) {
      watch.poll(TICK);
      noteProgress();
      if (options.events().isPresent() && seen >= options.events().getAsLong()) {
        finish();
        return;
      }
      if (sinceShown().compareTo(screen.isTerminal() ? REFRESH : PLAIN_REFRESH) >= 0) {
        check();
        show();
      }
    }
  }

  private void noteProgress() {
    if (watch.events() > seen) {
      seen = watch.events();
      progressNanos = System.nanoTime();
    }
  }

  private void check() {
    state = status();
    if (state.failed()) {
      screen.settle();
      screen.print(List.of("", state.failure().strip()));
      throw new QuickStartException(
          "The connector " + connector + " failed: " + reason(state.failure()));
    }
    Duration quiet = Duration.ofNanos(System.nanoTime() - progressNanos);
    if (options.events().isPresent() && quiet.compareTo(options.patience()) > 0) {
      screen.settle();
      screen.print(watch.problems().lines());
      throw new QuickStartException(
          "%s events arrived, then none for %s; %s were wanted. The connector is %s."
              .formatted(
                  TopicTable.number(seen),
                  StartProgress.seconds(quiet),
                  TopicTable.number(options.events().getAsLong()),
                  describe(state)));
    }
  }

  /** The innermost cause of a stack trace as text. */
  static String reason(String trace) {
    return trace
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("\t"))
        .reduce(
            "",
            (before, line) -> line.startsWith("Caused by: ") || before.isEmpty() ? line : before)
        .replaceFirst("^Caused by: ", "");
  }

  private ConnectorState status() {
    try {
      return rest.status(connector);
    } catch (RestException e) {
      throw new QuickStartException("The Connect worker does not answer any more: " + e, e);
    }
  }

  private static String describe(ConnectorState state) {
    return state.state() + " with " + state.tasks().size() + " tasks";
  }

  private void show() {
    shownNanos = System.nanoTime();
    boolean settled = seen > 0 && watch.span().compareTo(SETTLED) > 0;
    if (settled && !samplesShown) {
      showSamples();
    }
    if (screen.isTerminal()) {
      List<String> lines = new ArrayList<>();
      lines.add("");
      lines.addAll(table(LIVE_ROWS));
      lines.add("");
      watch.problems().lines().forEach(line -> lines.add(TopicTable.shortened(line, LIVE_WIDTH)));
      lines.add("  connector " + describe(state) + ". Ctrl-C ends it all.");
      screen.live(lines);
    } else {
      screen.print(
          "  %s events in %d topics; connector %s"
              .formatted(TopicTable.number(seen), watch.eventTallies().size(), describe(state)));
    }
  }

  private void finish() {
    screen.live(List.of());
    if (!samplesShown) {
      showSamples();
    }
    screen.print("");
    screen.print(table(Integer.MAX_VALUE));
  }

  private void showSamples() {
    samplesShown = true;
    List<String> lines = new ArrayList<>();
    for (TopicTally tally : watch.eventTallies()) {
      Struct sample = tally.sample();
      if (sample != null) {
        lines.add("");
        lines.add("  a record of " + tally.topic());
        RecordJson.lines(sample, SAMPLE_LINES).forEach(line -> lines.add("    " + line));
      }
    }
    screen.print(lines);
  }

  private List<String> table(int maxRows) {
    List<Row> rows = new ArrayList<>();
    for (TopicTally tally : watch.tallies()) {
      rows.add(new Row(tally.topic(), tally.records(), operation(tally), tally.newest()));
    }
    return TopicTable.lines(rows, clock.instant(), maxRows);
  }

  private static String operation(TopicTally tally) {
    Struct sample = tally.sample();
    return sample != null
            && sample.schema().field("Operation") != null
            && sample.get("Operation") instanceof String operation
        ? operation
        : "";
  }

  private Duration sinceShown() {
    return Duration.ofNanos(System.nanoTime() - shownNanos);
  }
}
