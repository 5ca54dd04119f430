package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.graph.AuditLogQueries;
import io.github.auditstream.connect.office365.graph.AuditQuery;
import io.github.auditstream.connect.office365.graph.QueryListing;
import io.github.auditstream.connect.office365.graph.QueryPage;
import io.github.auditstream.connect.office365.graph.QueryStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the slices of one tenant share in asking Microsoft: the client, the pauses after failures,
 * and what is known of the tenant's queries. Safe for many threads.
 */
final class TenantAccess {
  private static final Logger LOG = LoggerFactory.getLogger(TenantAccess.class);

  /** The pause before a first poll that all other pauses are meant for. */
  private static final Duration USUAL_POLL = Duration.ofSeconds(10);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final Duration THROTTLED_PAUSE = Duration.ofSeconds(30);

  /** Consent takes up to an hour to spread. */
  private static final Duration FIRST_REFUSAL = Duration.ofMinutes(1);

  private static final Duration LONGEST_REFUSAL = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 10;

  /** What the live connector can still read. */
  private static final Duration CONTENT_LIFE = Duration.ofDays(7);

  /** By then a live connector that was started at the same time has written its first status. */
  private static final Duration FIRST_WORD = Duration.ofMinutes(10);

  /** From so many failures on, they are worth a word. */
  private static final int WORTH_A_WORD = 3;

  /** Server time is known by the second. */
  private static final Duration GRAIN = Duration.ofSeconds(1);

  private static final Duration BESIDE_ANOTHER_CREATION = Duration.ofSeconds(1);

  private final AuditLogQueries graph;
  private final Ledger ledger;
  private final QueryNames names;
  private final HistoryTools tools;
  private final Clock clock;
  private final double scale;
  private int refusals;
  private int creationsRefused;
  private Instant noCreationBefore = Instant.MIN;
  private boolean creating;
  private final Map<String, AuditQuery> fromBefore = new HashMap<>();

  /**
   * @param firstPoll the pause before a query is polled first; all pauses are in proportion to it
   */
  TenantAccess(
      AuditLogQueries graph,
      Ledger ledger,
      QueryNames names,
      HistoryTools tools,
      Clock clock,
      Duration firstPoll) {
    this.graph = graph;
    this.ledger = ledger;
    this.names = names;
    this.tools = tools;
    this.clock = clock;
    this.scale = firstPoll.toMillis() / (double) USUAL_POLL.toMillis();
  }

  AuditLogQueries graph() {
    return graph;
  }

  Ledger ledger() {
    return ledger;
  }

  QueryNames names() {
    return names;
  }

  /** Server time. */
  Instant now() {
    return now(clock, graph);
  }

  static Instant now(Clock clock, AuditLogQueries graph) {
    return clock.instant().plus(graph.serverClockSkew());
  }

  /**
   * Learns what the tenant has of this connector's queries: a create whose answer was lost when the
   * task ended before may have made one. It is the first request, too: from its answer on the
   * server's time is known, by which slices are settled and the budget is counted.
   *
   * @return why that was not possible; empty once it is done
   */
  Optional<ApiOutcome.Failed<?>> begin() throws InterruptedException {
    ApiOutcome<List<AuditQuery>> found = list(new QueryListing(names::isOurs));
    if (found instanceof ApiOutcome.Failed<List<AuditQuery>> failure) {
      return Optional.of(failure);
    }
    synchronized (this) {
      usable(((ApiOutcome.Ok<List<AuditQuery>>) found).value())
          .forEach(query -> fromBefore.putIfAbsent(query.displayName().strip(), query));
    }
    answered();
    return Optional.empty();
  }

  /** The query of a name that was there at the task's start, if any; given out once. */
  synchronized Optional<AuditQuery> fromBefore(String name) {
    return Optional.ofNullable(fromBefore.remove(name));
  }

  /** The query of a name, if the tenant has it now. */
  ApiOutcome<Optional<AuditQuery>> find(String name) throws InterruptedException {
    ApiOutcome<List<AuditQuery>> found = list(new QueryListing(name));
    return found instanceof ApiOutcome.Ok<List<AuditQuery>> ok
        ? new ApiOutcome.Ok<>(usable(ok.value()).findFirst())
        : ((ApiOutcome.Failed<List<AuditQuery>>) found).as();
  }

  /** One that failed is no use to a slice that is to be read anew. */
  private static Stream<AuditQuery> usable(List<AuditQuery> queries) {
    return queries.stream()
        .filter(
            query ->
                query.status().state() != QueryStatus.State.FAILED
                    && query.status().state() != QueryStatus.State.CANCELLED);
  }

  private ApiOutcome<List<AuditQuery>> list(QueryListing listing) throws InterruptedException {
    boolean last = false;
    while (!last) {
      Waiting.pause(graph.budget().reserve());
      ApiOutcome<QueryPage> page = Waiting.on(listing.ask(graph));
      if (page instanceof ApiOutcome.Failed<QueryPage> failure) {
        return failure.as();
      }
      last = listing.arrived(((ApiOutcome.Ok<QueryPage>) page).value());
    }
    return new ApiOutcome.Ok<>(listing.found());
  }

  /** Microsoft has answered as it should. */
  synchronized void answered() {
    refusals = 0;
    ledger.problem(Optional.empty());
  }

  /** Notes that there is a new query, created now or found to have been. */
  synchronized void created() {
    creationsRefused = 0;
    ledger.created();
  }

  /**
   * Asks to create a query. One is created at a time, so that a refusal holds back the next, and
   * the budget is not overdrawn.
   *
   * @return empty if it may be created, which {@link #endCreation} must follow; else what to do
   */
  synchronized Optional<SliceRun.Next> beginCreation() {
    Duration blocked = untilCreation();
    if (!blocked.isZero()) {
      return Optional.of(new SliceRun.Next.Yield(blocked));
    }
    if (creating) {
      return Optional.of(new SliceRun.Next.Step(scaled(BESIDE_ANOTHER_CREATION)));
    }
    creating = true;
    return Optional.empty();
  }

  synchronized void endCreation() {
    creating = false;
  }

  /** How long no query may be created; zero for at once. */
  synchronized Duration untilCreation() {
    Instant now = now();
    Duration paused =
        now.isBefore(noCreationBefore) ? Duration.between(now, noCreationBefore) : Duration.ZERO;
    Duration budget = ledger.untilCreation();
    return paused.compareTo(budget) > 0 ? paused : budget;
  }

  /**
   * The tenant has too many queries.
   *
   * @return how long to wait before another is created
   */
  synchronized Duration creationRefused(ApiOutcome.Failed<?> failure) {
    Duration pause =
        failure
            .serverAsks()
            .map(asked -> asked.plus(GRAIN))
            .orElseGet(() -> scaled(doubled(THROTTLED_PAUSE, creationsRefused, LONGEST_PAUSE)));
    creationsRefused++;
    if (creationsRefused >= WORTH_A_WORD) {
      ledger.problem(Optional.of(failure.reason()));
    }
    noCreationBefore = now().plus(pause);
    return pause;
  }

  /**
   * How long to wait after a failure that says nothing about the slice.
   *
   * @param failures how many there were in a row, this one included
   */
  synchronized Duration pauseAfter(ApiOutcome.Failed<?> failure, int failures) {
    return switch (failure.kind()) {
      case UNAUTHORISED, FORBIDDEN, BAD_REQUEST, NOT_SUBSCRIBED -> {
        Duration pause = scaled(doubled(FIRST_REFUSAL, refusals, LONGEST_REFUSAL));
        refusals++;
        LOG.warn("Tenant {}: {} It is tried again in {}", ledger.tenant(), failure.reason(), pause);
        ledger.problem(Optional.of(failure.reason()));
        yield pause;
      }
      case THROTTLED -> jittered(failure.serverAsks().orElse(scaled(THROTTLED_PAUSE)));
      case EXPIRED, GONE, UNAVAILABLE, MALFORMED -> {
        if (failures >= WORTH_A_WORD) {
          if (Integer.bitCount(failures) == 1) {
            LOG.warn("Tenant {}, try {}: {}", ledger.tenant(), failures, failure.reason());
          }
          ledger.problem(Optional.of(failure.reason()));
        }
        yield failure
            .serverAsks()
            .orElse(jittered(scaled(doubled(FIRST_PAUSE, failures - 1, LONGEST_PAUSE))));
      }
    };
  }

  /**
   * Takes in what was written to the topics meanwhile.
   *
   * @return empty if that is done; else how long to wait before it is tried again
   */
  Optional<Duration> catchUp() throws InterruptedException {
    try {
      tools.known().catchUp();
      return Optional.empty();
    } catch (KnownEventsException e) {
      LOG.warn("Tenant {}: {}", ledger.tenant(), e.reason());
      ledger.problem(Optional.of(e.reason()));
      return Optional.of(scaled(THROTTLED_PAUSE));
    }
  }

  /** How long to wait while the tenant's requests pause, so that no thread does. */
  Duration whilePaused() {
    return jittered(scaled(THROTTLED_PAUSE));
  }

  /**
   * Until when the live connector is done; see {@link HistorySources#liveDoneBefore}. One that was
   * started together with the history may not have said so yet.
   *
   * @return the beginning of time where that cannot be known now
   */
  Instant liveDoneBefore() throws InterruptedException {
    Instant now = now();
    try {
      Instant done = tools.sources().liveDoneBefore(ledger.tenant(), now);
      Instant oldestContent = now.minus(CONTENT_LIFE);
      boolean early = now.isBefore(ledger.firstStart().plus(FIRST_WORD));
      return early && oldestContent.isBefore(done) ? oldestContent : done;
    } catch (KnownEventsException e) {
      LOG.warn("Tenant {}: {}", ledger.tenant(), e.reason());
      ledger.problem(Optional.of(e.reason()));
      return Instant.MIN;
    }
  }

  private static Duration doubled(Duration first, int times, Duration most) {
    Duration pause = first.multipliedBy(1L << Math.min(times, MOST_DOUBLINGS));
    return pause.compareTo(most) > 0 ? most : pause;
  }

  /** In proportion to the pause before the first poll. */
  Duration scaled(Duration pause) {
    return Duration.ofMillis((long) (pause.toMillis() * scale));
  }

  /** Up to a quarter longer, so that not all ask at the same moment. */
  Duration jittered(Duration pause) {
    return pause.plus(
        Duration.ofMillis((long) (pause.toMillis() * tools.random().getAsDouble() / 4)));
  }
}
