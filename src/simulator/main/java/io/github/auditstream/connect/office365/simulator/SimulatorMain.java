package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The simulator as a command: it runs until it is interrupted, and then says what it saw. */
@Command(
    name = "office365-simulator",
    mixinStandardHelpOptions = true,
    versionProvider = SimulatorMain.VersionLine.class,
    showDefaultValues = true,
    sortOptions = false,
    description = {
      "Simulates Microsoft Entra ID's token endpoint, the Office 365 Management Activity API and"
          + " Microsoft Graph's audit log queries over TLS, so that a deployment can be rehearsed"
          + " before there is consent.",
      "Prints the connector configuration that points at it. Stop it with Ctrl-C: it then prints"
          + " what it published, what was retrieved and which documented rules were broken."
    },
    footer = {
      "",
      "While it runs, look at /simulator/ledger, /simulator/ledger/blobs, /simulator/breaches,"
          + " /simulator/queries, /simulator/requests and /simulator/faults."
    })
public final class SimulatorMain implements Callable<Integer> {
  private static final Duration LONGEST_HISTORY = Duration.ofDays(180);
  private static final Duration LISTED = Duration.ofDays(7);

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--port", description = "Port to listen on; 0 lets the system choose.")
  private int port = 8443;

  @Option(
      names = "--graph-port",
      description = "Port for Microsoft Graph; the one after --port by default.")
  private @Nullable Integer graphPort;

  @Option(
      names = "--history-connector",
      arity = "0..1",
      fallbackValue = "localhost:9092",
      paramLabel = "<bootstrap servers>",
      description =
          "Also print the configuration of a connector that reads the last 30 days from Microsoft"
              + " Graph, with this Kafka; ${FALLBACK-VALUE} where none is named.")
  private @Nullable String historyConnector;

  @Option(names = "--host", description = "Host name in its addresses and its certificate.")
  private String host = "localhost";

  @Option(
      names = "--directory",
      description = "Where certificate and trust store are kept between runs.")
  private Path directory = Path.of("office365-simulator");

  @Option(names = "--tenants", description = "How many tenants to make up.")
  private int tenants = 1;

  @Option(
      names = "--tenant",
      description = "The id (GUID) of a single tenant, in place of made-up ones.")
  private @Nullable UUID tenantId;

  @Option(names = "--client-id", description = "The application id for --tenant.")
  private @Nullable String clientId;

  @Option(
      names = "--client-secret",
      interactive = true,
      arity = "0..1",
      description = "The secret for --tenant; asked for where no value is given.")
  private @Nullable String clientSecret;

  @Option(
      names = "--consent",
      split = ",",
      description = "Consented permissions: ${COMPLETION-CANDIDATES}.")
  private List<Permission> consent =
      List.of(Permission.READ, Permission.READ_DLP, Permission.QUERY);

  @Option(
      names = "--content-types",
      split = ",",
      converter = ContentTypeConverter.class,
      description = "Content types to publish; all that there are events for by default.")
  private List<ContentType> contentTypes = List.of();

  @Option(
      names = "--history",
      description =
          "Publish blobs of this span up to now at the start; at most P180D. What is older than P7D"
              + " is found by Microsoft Graph's audit log queries alone.")
  private Duration history = Duration.ofDays(1);

  @Option(
      names = "--history-blobs",
      description = "How many blobs of history a tenant and content type has.")
  private int historyBlobs = 100;

  @Option(
      names = "--rate",
      description = "Blobs a second while it runs, over all tenants and content types; 0 for none.")
  private double rate = 1;

  @Option(names = "--events-per-blob", description = "Events in each blob.")
  private int eventsPerBlob = 20;

  @Option(
      names = "--events",
      description =
          "Publish these events, round and round: JSON lines, or a CSV export of the Purview audit"
              + " search.")
  private @Nullable Path events;

  @Option(
      names = "--as-they-are",
      description = "Leave Id and CreationTime of --events as they are.")
  private boolean asTheyAre;

  @Option(names = "--seed", description = "Decides the made-up events and tenants.")
  private long seed = 1;

  @Option(names = "--quota", description = "Requests a minute that a tenant may make.")
  private int quota = 2_000;

  @Option(names = "--latency", description = "How long each answer takes at least.")
  private Duration latency = Duration.ZERO;

  @Option(names = "--page-size", description = "Blobs on a page of a listing.")
  private int pageSize = 100;

  @Option(names = "--faults", description = "What goes wrong: ${COMPLETION-CANDIDATES}.")
  private FaultProfile faults = FaultProfile.NONE;

  /** Starts from a command line; ends the JVM. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new SimulatorMain())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println(failure.getMessage());
              return command.getCommandSpec().exitCodeOnExecutionException();
            });
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandLine command = command();
    PrintWriter out = command.getOut();
    check(command);
    EventLibrary library =
        events == null
            ? GeneratedEvents.seeded(seed)
            : FileEvents.read(events, asTheyAre ? FileEvents.Use.AS_IT_IS : FileEvents.Use.FRESH);
    Set<ContentType> published = published(command, library);
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch said = new CountDownLatch(1);
    try (Simulator simulator = start(library)) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    stopped.countDown();
                    awaitQuietly(said);
                  },
                  "office365-simulator-stop"));
      publish(simulator, published);
      faults.script(simulator, seed);
      out.println("The simulator listens at " + simulator.baseUri());
      out.println("Microsoft Graph's audit log queries are at " + simulator.graphUri());
      out.println("Its certificate is in " + simulator.truststore().pem());
      out.println("Configuration of a connector that reads from it:");
      out.println(ConnectorSnippet.json(simulator, lookback()));
      if (historyConnector != null) {
        out.println("Configuration of a connector that reads its history:");
        out.println(ConnectorSnippet.historyJson(simulator, historyConnector));
      }
      out.println("Stop it with Ctrl-C.");
      out.flush();
      stopped.await();
      out.println(RunSummary.of(simulator));
      out.flush();
    } finally {
      said.countDown();
    }
    return CommandLine.ExitCode.OK;
  }

  private Simulator start(EventLibrary library) throws IOException, InterruptedException {
    Simulator.Builder builder =
        Simulator.builder()
            .port(port)
            .graphPort(graphPort())
            .host(host)
            .directory(directory.toAbsolutePath())
            .seed(seed)
            .events(library)
            .latency(latency)
            .pageSize(pageSize);
    if (tenantId != null) {
      UUID id = tenantId;
      builder.tenant(setup -> configure(setup, id, clientId, clientSecret));
    } else {
      for (int i = 1; i <= tenants; i++) {
        UUID id = madeUp("tenant", i);
        String application = madeUp("client", i).toString();
        String secret = "simulated~" + madeUp("secret", i);
        builder.tenant(setup -> configure(setup, id, application, secret));
      }
    }
    return builder.start();
  }

  private int graphPort() {
    if (graphPort != null) {
      return graphPort;
    }
    return port == 0 ? 0 : port + 1;
  }

  /** The part of the history that the Management Activity API lists. */
  private Duration lookback() {
    return history.compareTo(LISTED) > 0 ? LISTED : history;
  }

  private void configure(
      TenantSetup setup, UUID id, @Nullable String application, @Nullable String secret) {
    setup.id(id).requestsPerMinute(quota).consent(consent.toArray(Permission[]::new));
    if (application != null) {
      setup.clientId(application);
    }
    if (secret != null) {
      setup.clientSecret(secret);
    }
  }

  private void publish(Simulator simulator, Set<ContentType> published) {
    double share = rate / (simulator.tenants().size() * (double) published.size());
    for (SimulatedTenant tenant : simulator.tenants()) {
      for (ContentType type : published) {
        if (!history.isZero()) {
          tenant.history(type, history, historyBlobs, eventsPerBlob);
        }
        if (share > 0) {
          tenant.live(type, share, eventsPerBlob);
        }
      }
    }
  }

  private Set<ContentType> published(CommandLine command, EventLibrary library) {
    if (contentTypes.isEmpty()) {
      return library.contentTypes();
    }
    List<ContentType> missing = new ArrayList<>(contentTypes);
    missing.removeAll(library.contentTypes());
    if (!missing.isEmpty()) {
      throw new ParameterException(command, "--events has no events for " + missing);
    }
    return Set.copyOf(contentTypes);
  }

  private void check(CommandLine command) {
    if (history.isNegative() || history.compareTo(LONGEST_HISTORY) > 0) {
      throw new ParameterException(
          command, "--history must be from PT0S to P180D: Microsoft keeps events for 180 days");
    }
    if (tenants < 1) {
      throw new ParameterException(command, "--tenants must be at least 1");
    }
    if (!(rate >= 0)) {
      throw new ParameterException(command, "--rate must be 0 or more");
    }
    if (tenantId == null && (clientId != null || clientSecret != null)) {
      throw new ParameterException(command, "--client-id and --client-secret need --tenant");
    }
  }

  private CommandLine command() {
    CommandSpec known = spec;
    if (known == null) {
      throw new IllegalStateException("not started by its command line");
    }
    return known.commandLine();
  }

  /** The same at every start with the same seed, so that a connector's configuration stays good. */
  private UUID madeUp(String what, int number) {
    return UUID.nameUUIDFromBytes(
        (what + " " + number + " of seed " + seed).getBytes(StandardCharsets.UTF_8));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        System.err.println("The simulator did not stop in time.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The connector's version: both are built together. */
  static final class VersionLine implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"office365-simulator " + Version.version()};
    }
  }

  /** Reads content types by the names that the API gives them. */
  static final class ContentTypeConverter implements CommandLine.ITypeConverter<ContentType> {
    @Override
    public ContentType convert(String name) {
      return ContentType.find(name)
          .orElseThrow(
              () ->
                  new CommandLine.TypeConversionException(
                      "'" + name + "' is not one of " + List.of(ContentType.values())));
    }
  }
}
