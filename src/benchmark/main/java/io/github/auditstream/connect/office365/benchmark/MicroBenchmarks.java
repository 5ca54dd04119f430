package io.github.auditstream.connect.office365.benchmark;

import io.github.auditstream.connect.office365.event.AvroConverterBenchmark;
import io.github.auditstream.connect.office365.event.EventSample;
import io.github.auditstream.connect.office365.event.ParseAndMapBenchmark;
import io.github.auditstream.connect.office365.event.RestoreBenchmark;
import io.github.auditstream.connect.office365.event.Workload;
import io.github.auditstream.connect.office365.feed.offset.SourceOffsetBenchmark;
import io.github.auditstream.connect.office365.feed.retrieval.RetrievedBodyBenchmark;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The benchmarks of single steps, each in a JVM of its own, over one sample of events: parse and
 * map beside its floor, restore, the source offset, and the converter.
 */
public final class MicroBenchmarks {

  private static final String CLASS_PATH = "java.class.path";
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /** How long it may take. */
  public enum Effort {
    /** Shows that they run; about a minute. */
    BRIEF(1, 1, 1),
    /** Good to a few per cent; about four minutes. */
    QUICK(1, 3, 5),
    /** Three JVMs each, so that it also shows how far one differs from the next. */
    LONG(3, 5, 10);

    private final int forks;
    private final int warmUps;
    private final int measurements;

    Effort(int forks, int warmUps, int measurements) {
      this.forks = forks;
      this.warmUps = warmUps;
      this.measurements = measurements;
    }
  }

  private final EventSample sample;
  private final Effort effort;

  public MicroBenchmarks(EventSample sample, Effort effort) {
    this.sample = sample;
    this.effort = effort;
  }

  /** Every benchmark, in the order in which an event meets them. */
  public List<MicroResult> all() throws RunnerException {
    List<MicroResult> results = new ArrayList<>(parseAndMap());
    results.addAll(run(RestoreBenchmark.class, Map.of()));
    results.addAll(run(SourceOffsetBenchmark.class, Map.of()));
    results.addAll(converter());
    return results;
  }

  /** Floor (a), parse and map, and the same with what a fetcher adds. */
  public List<MicroResult> parseAndMap() throws RunnerException {
    List<MicroResult> results = new ArrayList<>(run(ParseAndMapBenchmark.class, Map.of()));
    results.addAll(run(RetrievedBodyBenchmark.class, Map.of()));
    return results;
  }

  /** Floor (c), over the whole sample and for each workload that it has a full blob of. */
  public List<MicroResult> converter() throws RunnerException {
    List<String> workloads =
        Stream.concat(
                Stream.of(AvroConverterBenchmark.ALL),
                sample.workloads().stream()
                    .filter(workload -> sample.of(workload).events() >= 100)
                    .map(Workload::name))
            .toList();
    return run(AvroConverterBenchmark.class, Map.of("workload", workloads));
  }

  private List<MicroResult> run(Class<?> benchmarks, Map<String, List<String>> parameters)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + benchmarks.getName().replace(".", "\\.") + "\\.")
            .forks(effort.forks)
            .warmupIterations(effort.warmUps)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(effort.measurements)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .jvmArgsAppend(passedOn());
    parameters.forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
    String before = System.getProperty(CLASS_PATH);
    System.setProperty(CLASS_PATH, classPath(before));
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      return results.stream().map(this::result).toList();
    } finally {
      System.setProperty(CLASS_PATH, before);
    }
  }

  private static String[] passedOn() {
    return Stream.of(EventSample.FOLDER, "office365.converter")
        .filter(name -> System.getProperty(name) != null)
        .map(name -> "-D" + name + "=" + System.getProperty(name))
        .toArray(String[]::new);
  }

  /** JMH starts its JVMs with this one's class path, which within Maven is Maven's own. */
  private static String classPath(String ofTheJvm) {
    return MicroBenchmarks.class.getClassLoader() instanceof URLClassLoader loader
        ? Stream.of(loader.getURLs())
            .map(MicroBenchmarks::path)
            .collect(Collectors.joining(System.getProperty("path.separator")))
        : ofTheJvm;
  }

  private static String path(URL url) {
    try {
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("not a class path entry: " + url, e);
    }
  }

  private MicroResult result(RunResult run) {
    String benchmark = run.getParams().getBenchmark();
    boolean step = benchmark.startsWith(SourceOffsetBenchmark.class.getName());
    EventSample covered = sample;
    StringJoiner parameters = new StringJoiner(", ", " (", ")").setEmptyValue("");
    for (String name : run.getParams().getParamsKeys()) {
      String value = run.getParams().getParam(name);
      parameters.add(value);
      covered = name.equals("workload") ? partOf(value) : covered;
    }
    int units = step ? 1 : covered.events();
    Result<?> time = run.getPrimaryResult();
    String name =
        benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
    return new MicroResult(
        name + parameters,
        step ? MicroResult.Unit.STEP : MicroResult.Unit.EVENT,
        time.getScore() / units,
        time.getScoreError() / units,
        run.getSecondaryResults().get(ALLOCATED).getScore() / units,
        step ? 0 : (double) covered.jsonBytes() / units);
  }

  private EventSample partOf(String workload) {
    return sample.workloads().stream()
        .filter(found -> found.name().equals(workload))
        .findFirst()
        .map(sample::of)
        .orElse(sample);
  }

  /** Runs all of them, or with {@code --long} all of them at length, and prints a table. */
  public static void main(String[] arguments) throws RunnerException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    EventSample sample = EventSample.load();
    out.printf(
        Locale.ROOT,
        "%d %s, %.2f MB of JSON%n",
        sample.events(),
        sample.source(),
        sample.jsonBytes() / 1e6);
    Effort effort = List.of(arguments).contains("--long") ? Effort.LONG : Effort.QUICK;
    print(new MicroBenchmarks(sample, effort).all(), out);
  }

  /** Prints results as a table. */
  public static void print(List<MicroResult> results, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%-52s %12s %9s %12s %12s %10s%n",
        "one thread",
        "ns",
        "± ns",
        "a second",
        "bytes alloc.",
        "of JSON");
    for (MicroResult result : results) {
      out.printf(
          Locale.ROOT,
          "%-52s %12.0f %9.0f %12.0f %12.0f %10s%n",
          result.name(),
          result.nanos(),
          result.errorNanos(),
          result.perSecond(),
          result.allocatedBytes(),
          result.unit() == MicroResult.Unit.EVENT
              ? String.format(Locale.ROOT, "× %.2f", result.allocatedPerJsonByte())
              : "");
    }
  }
}
