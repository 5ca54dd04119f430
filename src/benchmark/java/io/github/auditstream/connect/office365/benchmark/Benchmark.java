package io.github.auditstream.connect.office365.benchmark;

import io.github.auditstream.connect.office365.quickstart.WorkFolder;
import io.github.auditstream.connect.office365.quickstart.stack.ConnectStack;
import io.github.auditstream.connect.office365.quickstart.stack.StackFolders;
import io.github.auditstream.connect.office365.quickstart.stack.StartListener;

/** The benchmark as a program. */
public final class Benchmark {
  private Benchmark() {}

  /** Reads its options from system properties and prints its tables. */
  public static void main(String[] arguments) {
    BenchmarkOptions options = BenchmarkOptions.fromSystemProperties();
    StackFolders folders = StackFolders.fromSystemProperties();
    WorkFolder work = WorkFolder.newIn(folders.work());
    try (PublishedLoad load = PublishedLoad.start(work.path(), options);
        ConnectStack stack =
            ConnectStack.start(folders.withWork(work.path()), Flags.STOCK, StartListener.SILENT)) {
      System.out.printf(
          "%,d %s in %,d blobs, %,d bytes each%n",
          load.events(), load.source(), load.blobs(), load.jsonBytes() / load.events());
      new EndToEnd(load, stack, options, System.out::println).run();
    }
    if (!options.keep()) {
      work.delete();
    }
  }
}
