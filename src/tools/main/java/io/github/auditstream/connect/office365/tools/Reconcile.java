package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.api.Pause;
import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.event.Workloads;
import io.github.auditstream.connect.office365.feed.offset.FeedProgress;
import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Adds up the receipts per tenant, content type and hour, holds them against what is in the topics
 * and, if asked, against what the API lists, and names what is missing; does the same by day with
 * the ledger of the history. It reads the topics from their beginnings to where they end at its
 * start, and changes nothing.
 */
@Command(
    name = "Reconcile",
    description = "Adds up the receipts of the Office 365 audit source and names what is missing.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:all that was read adds up",
      "1:something is missing or does not add up",
      "2:it could not be determined"
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is required.
public final class Reconcile implements Callable<Integer> {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Program program;

  /** The REST API is asked which blobs are parked or half read. */
  @Mixin private WorkerOptions options;

  @Option(
      names = "--connector",
      paramLabel = "FILE",
      description = "the connector's configuration as JSON, for topics, converters, tenants")
  private Optional<ConnectorFile> connectorFile;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      description = "the topics' prefix, where there is no --connector or it was changed")
  private Optional<String> prefix;

  @Option(
      names = "--history-topic",
      paramLabel = "TOPIC",
      description = "the history's ledger, where it is not <prefix>.history")
  private Optional<String> historyTopic;

  @Option(
      names = "--live",
      description = "also list what the API has now, the last seven days (needs --connector)")
  private boolean live;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "leave out blobs created before, for example 2026-11-20T00:00:00Z")
  private Optional<Instant> since;

  @Option(
      names = "--allow-repeats",
      description =
          "what is there more than once is counted and is not an error: after a rewind, or where"
              + " delivery"
              + " is at least once")
  private boolean repeatsAllowed;

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      description = "how long to wait for what may not be finished (default PT30S)")
  private Duration patience = Duration.ofSeconds(30);

  @Mixin private FormatOption format;

  Reconcile(Program program) {
    this.program = program;
  }

  /** Runs it and ends the process with its exit status. */
  public static void main(String[] args) {
    Program.main(Reconcile::new, args);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (connectorFile.isEmpty() && prefix.isEmpty()) {
      throw new ToolException("Give --connector or --prefix; --help says what they are");
    }
    ConnectorFile connector = connectorFile.orElse(new ConnectorFile(Map.of()));
    TopicSettings topics = connector.topics(prefix, options.file());
    if (live) {
      requirePresentTopics(connector, topics);
    }
    Judgement.Scope scope = new Judgement.Scope(since, repeatsAllowed);
    Optional<WorkerRest> asked = options.findRest(program);
    try (RecordDecoder decoder = RecordDecoder.create(options.file(), connector);
        TopicScan scan = new TopicScan(options.file().consumerSettings())) {
      String ledger = ledger(connector);
      Accounts accounts = new Accounts(topics, ledger, decoder);
      Set<String> existing = scan.begin(inOrder(topics, ledger));
      if (!existing.contains(topics.receipts()) && !existing.contains(ledger)) {
        throw new ToolException(
            ("There is no topic %s, or this user may not see it: check the prefix; without"
                    + " receipts nothing can be determined")
                .formatted(topics.receipts()));
      }
      Instant looked = program.clock().instant();
      scan.readToEnd(accounts::add);
      Optional<LiveListing.Listed> listed =
          live
              ? Optional.of(LiveListing.listAll(settings(connector), program.clock(), accounts))
              : Optional.empty();
      Judgement.CutOff cutOff = cutOff(topics, ledger, scan, accounts, existing);
      Report report = settle(accounts, scan, scope, cutOff, asked);
      if (accounts.history().hasEvents()) {
        compareOrigins(topics, accounts);
      }
      new HistoryJudgement(accounts.history(), scope, cutOff, looked, report).judge();
      describe(report, accounts, cutOff, topics);
      listed.ifPresent(
          all -> {
            all.doubts().forEach(report::doubt);
            SilentFeeds.report(accounts, all.feeds(), looked, report);
          });
      format.print(report.result(), program);
      return report.status();
    }
  }

  /**
   * What the API lists went to the topics of the configuration, not to those of a former prefix.
   */
  private void requirePresentTopics(ConnectorFile connector, TopicSettings topics) {
    if (connectorFile.isEmpty()) {
      throw new ToolException("--live needs --connector, for the tenants and credentials");
    }
    String configured = connector.topics(Optional.empty(), options.file()).prefix();
    if (!topics.prefix().equals(configured)) {
      throw new ToolException(
          ("--live holds what the API lists against the topics of the connector's own"
                  + " topic.prefix %s, not those of --prefix %s: leave out one of the two options")
              .formatted(configured, topics.prefix()));
    }
  }

  private ConnectorSettings settings(ConnectorFile connector) {
    try {
      return Office365AuditSourceConfig.parse(options.file().resolved(connector.config()));
    } catch (ConfigException e) {
      throw new ToolException("The connector's configuration: " + e.getMessage(), e);
    }
  }

  /**
   * Status records are looked at first and events last: what a status record says is done has a
   * receipt that is read too, and what a receipt speaks of is read too.
   */
  private static List<List<String>> inOrder(TopicSettings topics, String ledger) {
    return List.of(
        List.of(topics.status(), ledger),
        List.of(topics.receipts(), topics.deadLetter()),
        eventTopics(topics));
  }

  private static List<String> eventTopics(TopicSettings topics) {
    return Workloads.all().stream()
        .map(workload -> topics.ofWorkload(workload.topicSuffix()))
        .toList();
  }

  private String ledger(ConnectorFile connector) {
    return historyTopic.orElseGet(() -> connector.ledger(prefix, options.file()));
  }

  /** Reads the event topics once more: only the Ids of the history's events are held in memory. */
  private void compareOrigins(TopicSettings topics, Accounts accounts) {
    try (TopicScan scan = new TopicScan(options.file().consumerSettings())) {
      scan.begin(List.of(eventTopics(topics)));
      scan.readToEnd(accounts::compare);
    }
  }

  private static Judgement.CutOff cutOff(
      TopicSettings topics,
      String ledger,
      TopicScan scan,
      Accounts accounts,
      Set<String> existing) {
    Set<String> events = new LinkedHashSet<>(existing);
    events.removeAll(List.of(topics.status(), ledger, topics.receipts(), topics.deadLetter()));
    return new Judgement.CutOff(
        wholeFrom(topics.receipts(), scan, accounts),
        wholeFrom(topics.deadLetter(), scan, accounts),
        events.stream().filter(topic -> !scan.cutOff(topic).isEmpty()).toList());
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
      Optional<WorkerRest> asked)
      throws InterruptedException {
    accounts.readBeyondEnd();
    Instant deadline = program.clock().instant().plus(patience);
    Report report = Judgement.of(accounts, scope, cutOff, Optional.empty());
    while (report.mayPass() && program.clock().instant().isBefore(deadline)) {
      Pause.of(BETWEEN_LOOKS);
      scan.readToEnd(accounts::add);
      report = Judgement.of(accounts, scope, cutOff, Optional.empty());
    }
    if (asked.isEmpty()) {
      return report;
    }
    Map<FeedName, FeedProgress> progress = progress(asked.get());
    progress.forEach((feed, known) -> known.readFrom().ifPresent(accounts.feed(feed)::readFrom));
    scan.readToEnd(accounts::add);
    return Judgement.of(accounts, scope, cutOff, Optional.of(progress));
  }

  private static Map<FeedName, FeedProgress> progress(WorkerRest rest) throws InterruptedException {
    Map<FeedName, FeedProgress> progress = new HashMap<>();
    rest.offsets()
        .forEach(
            (feed, offset) -> {
              if (ContentType.find(feed.contentType()).isPresent()) {
                try {
                  progress.put(feed, FeedProgress.read(feed.id(), offset));
                } catch (IllegalArgumentException e) {
                  throw new ToolException(
                      "The offset of feed %s cannot be read: %s".formatted(feed, e.getMessage()),
                      e);
                }
              }
            });
    return progress;
  }

  private void describe(
      Report report, Accounts accounts, Judgement.CutOff cutOff, TopicSettings topics) {
    if (!cutOff.receipts().equals(Instant.MIN)) {
      report.note(
          cutOff.receipts().equals(Instant.MAX)
              ? "Of " + topics.receipts() + " nothing is left in some partition"
              : "Receipts are there from " + cutOff.receipts() + " on; older ones have gone");
    }
    if (accounts.foreignRecords() > 0) {
      report.note(
          accounts.foreignRecords() + " records without the connector's headers were left out");
    }
    accounts.feeds().forEach((feed, account) -> report.dropped(feed, account.dropped(), live));
    if (!live) {
      report.note(
          "Not asked: whether the API lists blobs that have left nothing in these topics (--live)");
    }
    if (report.total().get(Report.Count.BLOBS) == 0 && accounts.history().isEmpty()) {
      report.doubt("There is no receipt in " + topics.receipts() + " to add up");
    }
  }
}
