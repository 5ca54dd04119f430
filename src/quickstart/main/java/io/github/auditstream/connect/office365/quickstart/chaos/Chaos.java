package io.github.auditstream.connect.office365.quickstart.chaos;

import io.github.auditstream.connect.office365.testkit.StackFolders;
import io.github.auditstream.connect.office365.testkit.WorkFolder;
import java.time.Duration;

/** The chaos run as a program. */
public final class Chaos {
  private static final Duration LENGTH = Duration.ofMinutes(5);

  private Chaos() {}

  /**
   * Reads its options from system properties, prints what happens and the numbers at the end, and
   * throws where anything is lost, twice or incomplete, so that the build fails.
   */
  public static void main(String[] arguments) {
    ChaosOptions options = ChaosOptions.fromSystemProperties(LENGTH);
    StackFolders folders = StackFolders.ofBuild();
    WorkFolder work = WorkFolder.newIn(folders.work());
    ChaosReport report =
        new ChaosRun(options, folders.withWork(work.path()), System.out::println).run();
    report.lines().forEach(System.out::println);
    if (!report.errors().isEmpty()) {
      throw new ChaosException(
          "The chaos run found errors, see above. Data and logs are in " + work.path());
    }
    if (options.keep()) {
      System.out.println("Data and logs are in " + work.path());
    } else {
      work.delete();
    }
  }
}
