package io.github.auditstream.connect.office365.benchmark;

import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.StackFolders;
import io.github.auditstream.connect.office365.testkit.StartListener;
import io.github.auditstream.connect.office365.testkit.WorkFolder;
import org.openjdk.jmh.runner.RunnerException;

/** The benchmark as a program. */
public final class Benchmark {
  private Benchmark() {}

  /**
   * Reads its options from system properties, prints its tables and what was expected of them, and
   * writes everything as JSON.
   */
  public static void main(String[] arguments) throws RunnerException {
    BenchmarkOptions options = BenchmarkOptions.fromSystemProperties();
    StackFolders folders = StackFolders.ofBuild();
    WorkFolder work = WorkFolder.newIn(folders.work());
    Results results = new Results();
    try (ConnectStack stack =
        ConnectStack.start(folders.withWork(work.path()), Flags.BROKER, StartListener.SILENT)) {
      new BenchmarkRun(options, stack, results, System.out::println).run();
    }
    System.out.println();
    if (options.quick()) {
      System.out.println("Expected of the long form, which alone runs until all is compiled:");
    }
    results.targets().forEach(target -> System.out.println(target.line()));
    results.write(options.results());
    System.out.println("All figures are in " + options.results());
    if (!options.keep()) {
      work.delete();
    }
  }
}
