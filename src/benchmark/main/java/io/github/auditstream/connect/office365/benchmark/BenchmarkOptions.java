package io.github.auditstream.connect.office365.benchmark;

import io.github.auditstream.connect.office365.testkit.NamedOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark was asked for.
 *
 * @param events how many events each cell of the end-to-end table reads
 * @param eventsPerBlob how many events a content blob holds
 * @param latencies how long the API takes to answer, one cell each
 * @param tasks values of {@code tasks.max}, one cell each
 * @param exactlyOnce values of exactly-once support, one worker each
 * @param sample JSON lines of events to publish; empty for generated ones
 * @param sections which parts are run; empty for all
 * @param connector keys that every connector gets on top
 * @param worker flags that the workers' virtual machines get on top
 * @param quick a smaller run: it shows that everything works, and figures only roughly
 * @param watch how long the live edge and idle feeds are looked at
 * @param results the file that takes the results as JSON
 * @param keep leave the folder with data and logs behind
 */
record BenchmarkOptions(
    int events,
    int eventsPerBlob,
    List<Duration> latencies,
    List<Integer> tasks,
    List<Boolean> exactlyOnce,
    Optional<Path> sample,
    List<String> sections,
    Map<String, String> connector,
    List<String> worker,
    boolean quick,
    Duration watch,
    Path results,
    boolean keep) {
  private static final String PREFIX = "benchmark.";
  private static final String CONNECTOR = PREFIX + "connector.";

  /** Reads the system properties {@code benchmark.…}. */
  static BenchmarkOptions fromSystemProperties() {
    NamedOptions options = NamedOptions.systemProperties(PREFIX);
    boolean quick = options.isSet("quick");
    return new BenchmarkOptions(
        number(options, "events", quick ? "50000" : "600000"),
        number(options, "events.per.blob", "100"),
        list(options, "latencies", quick ? "PT0S,PT0.2S" : "PT0S,PT0.05S,PT0.2S", Duration::parse),
        list(options, "tasks", quick ? "5" : "1,5", Integer::valueOf),
        list(options, "exactly.once", quick ? "true" : "false,true", Boolean::valueOf),
        sample(options),
        list(options, "sections", "", Function.identity()),
        connectorKeys(),
        Arrays.stream(options.text("worker.flags", "").split(" "))
            .filter(flag -> !flag.isBlank())
            .toList(),
        quick,
        options.duration("watch", quick ? "PT10S" : "PT1M"),
        Path.of(options.text("results", "benchmark.json")),
        options.isSet("keep"));
  }

  /** Whether a part was asked for. */
  boolean wants(String section) {
    return sections.isEmpty() || sections.contains(section);
  }

  /** Real events where they are at hand, as for the benchmarks of single steps. */
  private static Optional<Path> sample(NamedOptions options) {
    String text = options.text("sample", "");
    if (!text.isEmpty()) {
      return Optional.of(Path.of(text));
    }
    return Optional.ofNullable(System.getProperty("office365.shared"))
        .map(folder -> Path.of(folder, "events"))
        .filter(Files::isDirectory);
  }

  private static int number(NamedOptions options, String name, String otherwise) {
    String text = options.text(name, otherwise);
    try {
      int number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw options.wrong(name, text, "a whole number, for example " + otherwise, e);
    }
    throw options.wrong(name, text, "greater than 0", null);
  }

  private static <T> List<T> list(
      NamedOptions options, String name, String otherwise, Function<String, T> reader) {
    String text = options.text(name, otherwise);
    try {
      return Arrays.stream(text.split(","))
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .map(reader)
          .toList();
    } catch (RuntimeException e) {
      throw options.wrong(name, text, "a list such as " + otherwise, e);
    }
  }

  private static Map<String, String> connectorKeys() {
    Map<String, String> keys = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      @Nullable String value = System.getProperty(name);
      if (name.startsWith(CONNECTOR) && value != null) {
        keys.put(name.substring(CONNECTOR.length()), value);
      }
    }
    return keys;
  }
}
