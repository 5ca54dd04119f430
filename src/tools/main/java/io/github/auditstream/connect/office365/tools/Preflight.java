package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.config.HistorySettings;
import io.github.auditstream.connect.office365.config.Office365AuditHistoryConfig;
import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.preflight.Depth;
import io.github.auditstream.connect.office365.preflight.RangeCheck;
import io.github.auditstream.connect.office365.preflight.TenantReport;
import io.github.auditstream.connect.office365.preflight.WorkerChecks;
import io.github.auditstream.connect.office365.wiring.PreflightRun;
import io.github.auditstream.connect.office365.wiring.TopicPreflight;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Tries out a connector's configuration from this machine: gets a token for each tenant, lists its
 * subscriptions and its newest content, and says what is missing; of the history, its audit log
 * queries, and whether Kafka's topics can be described. It starts, stops and reads nothing.
 */
@Command(
    name = "Preflight",
    description =
        "Tries out a configuration of the Office 365 audit source or of its history: token, consent,"
            + " subscriptions or queries, auditing.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:all tenants can be read",
      "1:something is wrong and named",
      "2:wrong call, or it failed"
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is required.
public final class Preflight implements Callable<Integer> {
  private static final String HISTORY = "Office365AuditHistory";

  private final Program program;

  @Parameters(paramLabel = "FILE", description = "the connector's configuration as JSON")
  private ConnectorFile connector;

  @Option(
      names = "--worker",
      paramLabel = "FILE",
      description =
          "the Connect worker's properties, for its config.providers; without it $${file:...},"
              + " $${dir:...}, $${directory:...} and $${env:...} are resolved")
  private Optional<WorkerFile> worker;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "for all of it (default PT1M)")
  private Duration timeout = Duration.ofMinutes(1);

  @Mixin private FormatOption format;

  Preflight(Program program) {
    this.program = program;
  }

  /** Runs it and ends the process with its exit status. */
  public static void main(String[] args) {
    Program.main(Preflight::new, args);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new ToolException("--timeout must be longer than PT0S");
    }
    Map<String, String> config = worker.orElseGet(WorkerFile::none).resolved(connector.config());
    return isOfHistory(config) ? history(config) : feeds(config);
  }

  /** Connect takes a class's full and its simple name, and the latter without "Connector". */
  private static boolean isOfHistory(Map<String, String> config) {
    String name = config.getOrDefault("connector.class", "").strip();
    return name.substring(name.lastIndexOf('.') + 1).startsWith(HISTORY);
  }

  private int feeds(Map<String, String> config) throws InterruptedException {
    Map<String, List<String>> errors =
        errors(
            Office365AuditSourceConfig.validate(
                config, List.of(new WorkerChecks(program.clock()))));
    PreflightReport report =
        new PreflightReport(errors.isEmpty() ? ask(config) : List.of(), config, errors);
    format.print(report.result(), program);
    return report.isOk() ? Program.OK : Program.WRONG;
  }

  private int history(Map<String, String> config) throws InterruptedException {
    Map<String, List<String>> errors =
        errors(
            Office365AuditHistoryConfig.validate(
                config,
                List.of(new WorkerChecks(program.clock()), new RangeCheck(program.clock()))));
    HistoryPreflightReport report =
        errors.isEmpty()
            ? askHistory(config)
            : new HistoryPreflightReport(List.of(), Optional.empty(), config, errors);
    format.print(report.result(), program);
    return report.isOk() ? Program.OK : Program.WRONG;
  }

  /** What is wrong without asking anybody, by key. */
  private static Map<String, List<String>> errors(Config validated) {
    Map<String, List<String>> errors = new LinkedHashMap<>();
    for (ConfigValue value : validated.configValues()) {
      if (!value.errorMessages().isEmpty()) {
        errors.put(value.name(), value.errorMessages());
      }
    }
    return errors;
  }

  private List<TenantReport> ask(Map<String, String> config) throws InterruptedException {
    try {
      return PreflightRun.run(
          Office365AuditSourceConfig.parse(config), Depth.NEWEST, timeout, program.clock());
    } catch (ConfigException e) {
      throw new ToolException("The connector's configuration: " + e.getMessage(), e);
    }
  }

  private HistoryPreflightReport askHistory(Map<String, String> config)
      throws InterruptedException {
    try {
      HistorySettings settings = Office365AuditHistoryConfig.parse(config);
      return new HistoryPreflightReport(
          PreflightRun.ofHistory(settings, timeout, program.clock()),
          TopicPreflight.problem(settings),
          config,
          Map.of());
    } catch (ConfigException e) {
      throw new ToolException("The connector's configuration: " + e.getMessage(), e);
    }
  }
}
