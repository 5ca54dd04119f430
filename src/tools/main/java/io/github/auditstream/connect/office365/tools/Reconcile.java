package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.api.BlockingApi;
import io.github.auditstream.connect.office365.api.Pause;
import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.event.Workloads;
import io.github.auditstream.connect.office365.feed.offset.FeedProgress;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.wiring.TenantApis;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigException;

/**
 * Adds up the receipts per tenant, content type and hour, holds them against what is in the topics
 * and, if asked, against what the API lists, and names what is missing. It reads the topics from
 * their beginnings to where they end at its start, and changes nothing.
 */
public final class Reconcile {
  private static final String WORKER = "--worker";
  private static final String CONNECTOR = "--connector";
  private static final String PREFIX = "--prefix";
  private static final String LIVE = "--live";
  private static final String SINCE = "--since";
  private static final String REPEATS = "--allow-repeats";
  private static final String PATIENCE = "--patience";
  private static final String FORMAT = "--format";
  private static final String HELP = "--help";

  private static final String USAGE =
      """
      Adds up the receipts of the Office 365 audit source and names what is missing.

        --worker FILE          the Connect worker's properties: bootstrap.servers, security, converters
        --connector FILE       the connector's configuration as JSON, for topics, converters, tenants
        --prefix PREFIX        the topics' prefix, where there is no --connector or it was changed
        --live                 also list what the API has now, the last seven days (needs --connector)
        --since TIME           leave out blobs created before, for example 2026-11-20T00:00:00Z
        --allow-repeats        what is there more than once is counted and no fault: after a rewind,
                               or where delivery is at least once
        --patience DURATION    how long to wait for what may not be finished (default PT30S)
        --format FORMAT        table (default), csv or json

      To know by name which blobs are put aside or half read, it can ask the worker:
      """
          + WorkerOptions.HELP
          + """

      Exit status: 0 all that was read adds up, 1 something is missing or does not add up, 2 it could
      not be told.
      """;

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** What is left of the quota is the connector's. */
  private static final int PART_OF_QUOTA = 10;

  private static final int HTTP_THREADS = 4;

  private final Program program;
  private final Arguments options;
  private final WorkerFile worker;
  private final Map<String, String> connector;
  private final TopicSettings topics;

  private Reconcile(Program program, Arguments options) {
    this.program = program;
    this.options = options;
    this.worker = WorkerFile.read(Path.of(options.require(WORKER)));
    Optional<String> file = options.find(CONNECTOR);
    if (file.isEmpty() && options.find(PREFIX).isEmpty()) {
      throw new ToolException(
          "Give " + CONNECTOR + " or " + PREFIX + "; --help says what they are");
    }
    this.connector = file.map(name -> ConnectorFile.read(Path.of(name))).orElse(Map.of());
    this.topics = ConnectorFile.topics(connector, options.find(PREFIX), worker);
    if (options.has(LIVE)) {
      requireTopicsOfNow();
    }
  }

  /**
   * What the API lists went to the topics of the configuration, not to those of a former prefix.
   */
  private void requireTopicsOfNow() {
    if (connector.isEmpty()) {
      throw new ToolException(LIVE + " needs " + CONNECTOR + ", for the tenants and credentials");
    }
    String configured = ConnectorFile.topics(connector, worker).prefix();
    if (!topics.prefix().equals(configured)) {
      throw new ToolException(
          ("%s holds what the API lists against the topics of the connector's own topic.prefix %s,"
                  + " not those of %s %s: leave out one of the two options")
              .formatted(LIVE, configured, PREFIX, topics.prefix()));
    }
  }

  /** Runs it and ends the process with its exit status. */
  public static void main(String[] args) {
    Program.main(Reconcile::run, args);
  }

  static int run(String[] args, Program program) {
    return program.run(
        () -> {
          Set<String> valued =
              new TreeSet<>(Set.of(WORKER, CONNECTOR, PREFIX, SINCE, PATIENCE, FORMAT));
          valued.addAll(WorkerOptions.ALL);
          Arguments options = Arguments.parse(args, valued, Set.of(LIVE, REPEATS, HELP));
          if (options.has(HELP)) {
            program.out().print(USAGE);
            return Report.WELL;
          }
          return new Reconcile(program, options).run();
        });
  }

  private int run() throws InterruptedException {
    ReportFormat format = ReportFormat.of(options.find(FORMAT).orElse("table"));
    Duration patience = duration(options.find(PATIENCE).orElse("PT30S"));
    Judgement.Scope scope =
        new Judgement.Scope(options.find(SINCE).map(Reconcile::time), options.has(REPEATS));
    Optional<WorkerRest> rest =
        options.find(WorkerOptions.CONNECT).isPresent()
            ? Optional.of(WorkerOptions.rest(options, program.environment(), program.clock()))
            : Optional.empty();
    try (RecordDecoder decoder = RecordDecoder.create(worker, connector);
        TopicScan scan = new TopicScan(worker.consumerSettings())) {
      Accounts accounts = new Accounts(topics, decoder);
      Set<String> existing = scan.begin(topicsInOrder());
      if (!existing.contains(topics.receipts())) {
        throw new ToolException(
            "There is no topic "
                + topics.receipts()
                + ", or this user may not see it: check the prefix; without receipts nothing can be"
                + " told");
      }
      Instant looked = program.clock().instant();
      scan.readToEnd(accounts::add);
      Live live = options.has(LIVE) ? listLive(accounts) : Live.NOT_ASKED;
      Judgement.CutOff cutOff = cutOff(scan, accounts, existing);
      Report report = settle(accounts, scan, scope, cutOff, rest, patience);
      tell(report, accounts, cutOff);
      live.doubts().forEach(report::doubt);
      SilentFeeds.tell(accounts, live.feeds(), looked, report);
      format.write(report, program.out(), program.messages());
      return report.status();
    }
  }

  /**
   * Status records are looked at first and events last: what a status record says is done has a
   * receipt that is read too, and what a receipt speaks of is read too.
   */
  private List<List<String>> topicsInOrder() {
    List<String> events =
        Workloads.all().stream()
            .map(workload -> topics.prefix() + "." + workload.topicSuffix())
            .toList();
    return List.of(
        List.of(topics.status()), List.of(topics.receipts(), topics.deadLetter()), events);
  }

  private Judgement.CutOff cutOff(TopicScan scan, Accounts accounts, Set<String> existing) {
    List<String> events =
        existing.stream()
            .filter(
                topic ->
                    !List.of(topics.status(), topics.receipts(), topics.deadLetter())
                        .contains(topic))
            .filter(topic -> !scan.cutOff(topic).isEmpty())
            .toList();
    return new Judgement.CutOff(
        wholeFrom(topics.receipts(), scan, accounts),
        wholeFrom(topics.deadLetter(), scan, accounts),
        events);
  }

  private static Instant wholeFrom(String topic, TopicScan scan, Accounts accounts) {
    Set<Integer> cutOff = scan.cutOff(topic);
    return cutOff.isEmpty() ? Instant.MIN : accounts.wholeFrom(topic, cutOff).orElse(Instant.MAX);
  }

  /** Reads on for a while if something may only be unfinished. */
  private Report settle(
      Accounts accounts,
      TopicScan scan,
      Judgement.Scope scope,
      Judgement.CutOff cutOff,
      Optional<WorkerRest> rest,
      Duration patience)
      throws InterruptedException {
    accounts.goOn();
    Instant deadline = program.clock().instant().plus(patience);
    Report report = Judgement.of(accounts, scope, cutOff, Optional.empty());
    while (report.mayPass() && program.clock().instant().isBefore(deadline)) {
      Pause.of(BETWEEN_LOOKS);
      scan.readToEnd(accounts::add);
      report = Judgement.of(accounts, scope, cutOff, Optional.empty());
    }
    if (rest.isEmpty()) {
      return report;
    }
    Map<FeedName, FeedProgress> progress = progress(rest.get());
    progress.forEach((feed, known) -> known.readFrom().ifPresent(accounts.feed(feed)::readFrom));
    scan.readToEnd(accounts::add);
    return Judgement.of(accounts, scope, cutOff, Optional.of(progress));
  }

  private static Map<FeedName, FeedProgress> progress(WorkerRest rest) throws InterruptedException {
    Map<FeedName, FeedProgress> progress = new HashMap<>();
    for (WorkerRest.StoredOffset stored : rest.offsets()) {
      Optional<ContentType> type = ContentType.find(stored.feed().contentType());
      if (type.isPresent()) {
        try {
          FeedId feed = new FeedId(stored.feed().tenant(), type.get());
          progress.put(stored.feed(), FeedProgress.read(feed, stored.offset()));
        } catch (IllegalArgumentException e) {
          throw new ToolException(
              "The offset of feed " + stored.feed() + " cannot be read: " + e.getMessage(), e);
        }
      }
    }
    return progress;
  }

  private void tell(Report report, Accounts accounts, Judgement.CutOff cutOff) {
    if (!cutOff.receipts().equals(Instant.MIN)) {
      report.note(
          cutOff.receipts().equals(Instant.MAX)
              ? "Of " + topics.receipts() + " nothing is left in some partition"
              : "Receipts are there from " + cutOff.receipts() + " on; older ones have gone");
    }
    if (accounts.strangers() > 0) {
      report.note(accounts.strangers() + " records without the connector's headers were left out");
    }
    accounts
        .feeds()
        .forEach((feed, account) -> report.dropped(feed, account.dropped(), options.has(LIVE)));
    if (!options.has(LIVE)) {
      report.note(
          "Not asked: whether the API lists blobs that have left nothing in these topics (--live)");
    }
    if (report.total().blobs == 0) {
      report.doubt("There is no receipt in " + topics.receipts() + " to add up");
    }
  }

  /**
   * What came of asking the API.
   *
   * @param feeds that were listed
   * @param doubts one line for each that could not be listed
   */
  private record Live(Set<FeedName> feeds, List<String> doubts) {
    private static final Live NOT_ASKED = new Live(Set.of(), List.of());
  }

  private Live listLive(Accounts accounts) throws InterruptedException {
    ConnectorSettings settings;
    try {
      settings = Office365AuditSourceConfig.parse(worker.resolved(connector));
    } catch (ConfigException e) {
      throw new ToolException("The connector's configuration: " + e.getMessage(), e);
    }
    AtomicInteger number = new AtomicInteger();
    ScheduledExecutorService executor =
        Executors.newScheduledThreadPool(
            HTTP_THREADS,
            work -> {
              Thread thread = new Thread(work, "office365-tools-http-" + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
    try {
      Live live = new Live(new TreeSet<>(), new ArrayList<>());
      for (TenantSettings tenant : settings.tenants()) {
        int share = Math.max(1, tenant.requestsPerMinute() / PART_OF_QUOTA);
        BlockingApi api = TenantApis.open(settings, tenant, share, executor, program.clock());
        LiveListing listing = new LiveListing(api, program.clock());
        for (ContentType type : settings.contentTypes()) {
          FeedName feed = new FeedName(tenant.tenantId().toString(), type.apiName());
          live.feeds().add(feed);
          LiveListing.Listed listed = listing.list(type);
          for (ContentBlob blob : listed.blobs()) {
            accounts.addListed(feed, blob.contentId(), blob.contentCreated());
          }
          listed
              .trouble()
              .ifPresent(why -> live.doubts().add(feed + " could not be listed: " + why));
        }
      }
      return live;
    } finally {
      executor.shutdownNow();
    }
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new ToolException(SINCE + " is a time in UTC such as 2026-11-20T00:00:00Z", e);
    }
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new ToolException(PATIENCE + " is a duration such as PT30S", e);
    }
  }
}
