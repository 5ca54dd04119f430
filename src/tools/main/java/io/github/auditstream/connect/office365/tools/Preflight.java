package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.preflight.Depth;
import io.github.auditstream.connect.office365.preflight.TenantReport;
import io.github.auditstream.connect.office365.preflight.WorkerChecks;
import io.github.auditstream.connect.office365.wiring.PreflightRun;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Tries out a connector's configuration from this machine: gets a token for each tenant, lists its
 * subscriptions and its newest content, and says what is missing. It starts, stops and reads
 * nothing.
 */
public final class Preflight {
  private static final String FILE = "FILE";
  private static final String WORKER = "--worker";
  private static final String FORMAT = "--format";
  private static final String TIMEOUT = "--timeout";
  private static final String HELP = "--help";

  private static final String USAGE =
      """
      Tries out a configuration of the Office 365 audit source: token, consent, subscriptions, auditing.

        Preflight FILE [options]

        FILE                   the connector's configuration as JSON
        --worker FILE          the Connect worker's properties, for its config.providers; without it
                               ${file:...}, ${dir:...}, ${directory:...} and ${env:...} are resolved
        --timeout DURATION     for all of it (default PT1M)
        --format FORMAT        table (default), csv or json

      Exit status: 0 all tenants can be read, 1 something is wrong and named, 2 wrong call.
      """;

  private final Program program;
  private final Map<String, String> config;
  private final Duration timeout;
  private final ReportFormat format;

  private Preflight(Program program, Arguments options) {
    Path file = Path.of(options.require(FILE));
    this.program = program;
    this.format = ReportFormat.of(options.find(FORMAT).orElse("table"));
    this.timeout = duration(options.find(TIMEOUT).orElse("PT1M"));
    WorkerFile worker =
        options
            .find(WORKER)
            .map(name -> WorkerFile.read(Path.of(name)))
            .orElseGet(WorkerFile::none);
    this.config = worker.resolved(ConnectorFile.read(file));
  }

  /** Runs it and ends the process with its exit status. */
  public static void main(String[] args) {
    Program.main(Preflight::run, args);
  }

  static int run(String[] args, Program program) {
    return program.run(
        () -> {
          Arguments options =
              Arguments.parse(args, Set.of(WORKER, FORMAT, TIMEOUT), Set.of(HELP), FILE);
          if (options.has(HELP)) {
            program.out().print(USAGE);
            return Report.WELL;
          }
          return new Preflight(program, options).run();
        });
  }

  private int run() throws InterruptedException {
    Map<String, List<String>> faults = faults();
    PreflightResult result =
        faults.isEmpty()
            ? new PreflightResult(ask(), config, Map.of())
            : new PreflightResult(List.of(), config, faults);
    PreflightTables.write(format, result, program.out(), program.messages());
    return result.isWell() ? Report.WELL : Report.WRONG;
  }

  /** What can be told without asking Microsoft. */
  private Map<String, List<String>> faults() {
    Map<String, List<String>> faults = new LinkedHashMap<>();
    for (ConfigValue value :
        Office365AuditSourceConfig.validate(config, new WorkerChecks(program.clock()))
            .configValues()) {
      if (!value.errorMessages().isEmpty()) {
        faults.put(value.name(), value.errorMessages());
      }
    }
    return faults;
  }

  private List<TenantReport> ask() throws InterruptedException {
    ConnectorSettings settings = Office365AuditSourceConfig.parse(config);
    try {
      return PreflightRun.run(settings, Depth.NEWEST, timeout, program.clock());
    } catch (ConfigException e) {
      throw new ToolException("The connector's configuration: " + e.getMessage(), e);
    }
  }

  private static Duration duration(String text) {
    return parsed(text)
        .filter(duration -> !duration.isNegative() && !duration.isZero())
        .orElseThrow(() -> new ToolException(TIMEOUT + " is a duration such as PT1M"));
  }

  private static Optional<Duration> parsed(String text) {
    try {
      return Optional.of(Duration.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
