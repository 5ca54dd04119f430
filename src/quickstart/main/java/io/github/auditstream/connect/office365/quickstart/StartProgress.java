package io.github.auditstream.connect.office365.quickstart;

import io.github.auditstream.connect.office365.testkit.StartListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Shows which parts are starting and how long each took. Safe for many threads. */
final class StartProgress implements StartListener {
  private final Screen screen;
  private final long begunNanos = System.nanoTime();
  private final Map<String, Long> running = new LinkedHashMap<>();

  StartProgress(Screen screen) {
    this.screen = screen;
  }

  @Override
  public <T> T starting(String part, Supplier<T> start) {
    long from = System.nanoTime();
    begin(part, from);
    T started = start.get();
    end(part, Duration.ofNanos(System.nanoTime() - from));
    return started;
  }

  private synchronized void begin(String part, long from) {
    running.put(part, from);
    show();
  }

  private synchronized void end(String part, Duration took) {
    running.remove(part);
    screen.print("  %-12s %7s".formatted(part, seconds(took)));
    show();
  }

  private void show() {
    if (screen.isTerminal()) {
      List<String> lines = new ArrayList<>();
      running.keySet().forEach(part -> lines.add("  starting " + part + " ..."));
      screen.live(lines);
    }
  }

  /** Since this was made. */
  Duration total() {
    return Duration.ofNanos(System.nanoTime() - begunNanos);
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
