package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.config.HistorySettings;
import io.github.auditstream.connect.office365.event.AuditEventMapper;
import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.exports.ExportFolder;
import io.github.auditstream.connect.office365.graph.AuditLogQueries;
import io.github.auditstream.connect.office365.records.LargestEvent;
import io.github.auditstream.connect.office365.status.metrics.Reading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history of all tenants of one task. Reading goes on by itself once started; the task's thread
 * takes what is ready.
 */
public final class HistoryPipeline {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryPipeline.class);

  /**
   * Fewer than a thousand records make a transaction cost more than they do themselves; beyond five
   * thousand it is hardly worth more and holds more in memory.
   */
  private static final Outbox.Batches BATCHES =
      new Outbox.Batches(1_000, 5_000, Duration.ofMillis(100));

  private static final Duration REPORT_INTERVAL = Duration.ofMinutes(5);

  /** Times the pause before a query is polled first: an hour. */
  private static final int GAPS_INTERVAL = 360;

  /** Content becomes available up to so long after its events. */
  private static final Duration LATEST_CONTENT = Duration.ofDays(2);

  /**
   * What is there is read from so much before the earliest event that can be asked for: a slice
   * begins with a whole second, and the record of an event without a sound time has another.
   */
  private static final Duration MARGIN = Duration.ofDays(1);

  private static final Duration AGAIN_AFTER = Duration.ofSeconds(30);

  private final HistorySettings settings;
  private final Map<String, AuditLogQueries> tenants;
  private final String connectorName;
  private final StoredOffsets stored;
  private final HistorySources sources;
  private final Clock clock;
  private final Steps steps;
  private final Outbox outbox;
  private final HistoryRecords records;
  private final LargestEvent largestEvent;
  private final DoubleSupplier random;
  private final HistoryReadings readings;
  private final HistoryDeliveries deliveries = new HistoryDeliveries();
  private final Map<String, TenantHistory> histories = new LinkedHashMap<>();

  /** Of the steps that look for gaps, one after the other. */
  private volatile Instant knownFrom = Instant.MAX;

  private HistoryPipeline(
      HistorySettings settings,
      String connectorName,
      long maxRequestBytes,
      Map<String, AuditLogQueries> tenants,
      StoredOffsets stored,
      HistorySources sources,
      ScheduledExecutorService executor,
      Clock clock,
      DoubleSupplier random) {
    this.settings = settings;
    this.connectorName = connectorName;
    this.tenants = Map.copyOf(tenants);
    this.stored = stored;
    this.sources = sources;
    this.clock = clock;
    this.random = random;
    this.outbox = new Outbox(settings.bufferBytes(), BATCHES);
    this.steps = new Steps(executor, outbox::crashed);
    this.largestEvent = new LargestEvent(maxRequestBytes);
    this.readings = new HistoryReadings(settings.topics().deadLetter(), tenants.keySet());
    this.records = new HistoryRecords(settings.topics(), largestEvent.partBytes(), deliveries);
  }

  /**
   * Starts reading.
   *
   * @param connectorName as the user gave it; names the queries
   * @param maxRequestBytes the producer's {@code max.request.size}
   * @param tenants Microsoft Graph by tenant id
   * @param stored the source offsets of the connector
   * @param executor runs the steps, which wait for answers; not owned
   * @param random from 0 to 1
   */
  public static HistoryPipeline start(
      HistorySettings settings,
      String connectorName,
      long maxRequestBytes,
      Map<String, AuditLogQueries> tenants,
      StoredOffsets stored,
      HistorySources sources,
      ScheduledExecutorService executor,
      Clock clock,
      DoubleSupplier random) {
    HistoryPipeline pipeline =
        new HistoryPipeline(
            settings,
            connectorName,
            maxRequestBytes,
            tenants,
            stored,
            sources,
            executor,
            clock,
            random);
    pipeline.steps.after(Duration.ZERO, pipeline::begin);
    return pipeline;
  }

  /**
   * Takes what is ready; where nothing is, waits for it.
   *
   * @param longest the longest wait
   * @return empty if nothing came in time
   */
  public List<SourceRecord> poll(Duration longest) throws InterruptedException {
    return readings.taken(outbox.take(longest));
  }

  /** The metrics, to be registered; they may be read at any time. */
  public List<Reading> readings() {
    return readings.all(
        tenant -> {
          synchronized (histories) {
            return Optional.ofNullable(histories.get(tenant)).map(TenantHistory::ledger);
          }
        });
  }

  /** Nothing is asked for before it is known what is there already. */
  private void begin() throws InterruptedException {
    List<MissedSpan> gaps;
    KnownEvents known;
    try {
      gaps = settings.range().gaps() ? sources.gaps() : List.of();
      Instant earliest = earliest(gaps);
      known = readings.counting(sources.known(earliest));
      known.catchUp();
      knownFrom = earliest;
    } catch (KnownEventsException e) {
      LOG.warn("The history cannot begin yet: {}", e.reason());
      steps.after(AGAIN_AFTER, this::begin);
      return;
    }
    LOG.info("{} events of the range are in the topics already", known.size());
    HistoryTools tools =
        new HistoryTools(
            steps,
            outbox,
            known,
            sources,
            records,
            new AuditEventMapper(new EventSchemas()),
            largestEvent,
            random);
    synchronized (histories) {
      tenants.forEach((tenant, graph) -> histories.put(tenant, history(tenant, graph, tools)));
    }
    plan(gaps);
    histories().forEach(TenantHistory::start);
    settings
        .importFolder()
        .ifPresent(
            folder ->
                new FolderImport(
                        new ExportFolder(folder, quiet(), System::nanoTime),
                        quiet(),
                        tools,
                        stored,
                        clock)
                    .start());
    steps.after(REPORT_INTERVAL, this::report);
    if (settings.range().gaps()) {
      steps.after(gapsInterval(), () -> lookForGaps(known));
    }
  }

  /** As long as a poll of a query: a file that has not grown since then is taken for complete. */
  private Duration quiet() {
    return settings.queries().firstPoll();
  }

  private Duration gapsInterval() {
    return settings.queries().firstPoll().multipliedBy(GAPS_INTERVAL);
  }

  private Instant earliest(List<MissedSpan> gaps) {
    if (settings.importFolder().isPresent()) {
      // Files can hold events of any time.
      return Instant.EPOCH;
    }
    return Stream.concat(
            settings.range().from().stream(), gaps.stream().map(gap -> wholeDays(gap).from()))
        .min(Instant::compareTo)
        .orElseGet(clock::instant)
        .minus(MARGIN);
  }

  private static SlicePlan.Span wholeDays(MissedSpan gap) {
    return new SlicePlan.Span(gap.from().minus(LATEST_CONTENT), gap.until()).wholeDays();
  }

  private TenantHistory history(String tenant, AuditLogQueries graph, HistoryTools tools) {
    Ledger ledger =
        new Ledger(
            tenant,
            tools,
            stored,
            settings.range().order(),
            settings.queries().creationsPerDay(),
            () -> TenantAccess.now(clock, graph));
    TenantAccess access =
        new TenantAccess(
            graph,
            ledger,
            new QueryNames(connectorName),
            tools,
            clock,
            settings.queries().firstPoll());
    return new TenantHistory(access, settings.queries(), settings.range().settledAfter(), tools);
  }

  private void plan(List<MissedSpan> gaps) {
    List<String> types = settings.queries().recordTypes();
    for (TenantHistory history : histories()) {
      Ledger ledger = history.ledger();
      List<Slice> slices = new ArrayList<>();
      settings
          .range()
          .from()
          .ifPresent(
              from -> {
                Instant until = settings.range().until().orElse(ledger.firstStart());
                if (from.isBefore(until)) {
                  slices.addAll(
                      SlicePlan.slices(ledger.tenant(), new SlicePlan.Span(from, until), types));
                } else {
                  LOG.warn(
                      "Tenant {}: nothing lies between history.from, {}, and the end of the range,"
                          + " {}",
                      ledger.tenant(),
                      from,
                      until);
                }
              });
      gaps.stream()
          .filter(gap -> gap.tenant().equals(ledger.tenant()))
          .forEach(gap -> slices.addAll(SlicePlan.slices(ledger.tenant(), wholeDays(gap), types)));
      ledger.plan(slices);
      ledger.report();
    }
  }

  private void lookForGaps(KnownEvents known) throws InterruptedException {
    try {
      List<MissedSpan> gaps = sources.gaps();
      Instant earliest = earliest(gaps);
      if (earliest.isBefore(knownFrom)) {
        known.reachBackTo(earliest);
        known.catchUp();
        knownFrom = earliest;
      }
      plan(gaps);
    } catch (KnownEventsException e) {
      LOG.warn("Gaps cannot be looked for now: {}", e.reason());
    }
    steps.after(gapsInterval(), () -> lookForGaps(known));
  }

  private void report() {
    histories().forEach(history -> history.ledger().report());
    steps.after(REPORT_INTERVAL, this::report);
  }

  private List<TenantHistory> histories() {
    synchronized (histories) {
      return List.copyOf(histories.values());
    }
  }
}
