package io.github.auditstream.connect.office365.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.AdjustableClock;
import io.github.auditstream.connect.office365.simulator.BlobDraft;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live connector and the history of one tenant, in one set of topics: a first start in the
 * middle of what happens, an outage of ten days, events that come late, events that only one of the
 * two sources has, and both killed again and again. Every event that any source offers is in the
 * topics once.
 */
class SeamTest {
  private static final Logger LOG = LoggerFactory.getLogger(SeamTest.class);

  private static final Duration LATEST = Duration.ofHours(47);
  private static final List<ContentType> TYPES = List.of(ContentType.values());

  static LongStream seeds() {
    return LongStream.rangeClosed(Long.getLong("seam.first", 1), Long.getLong("seam.seeds", 4));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyEventIsThereOnce(long seed) throws Exception {
    try (Course course = new Course(seed)) {
      course.run();
    }
  }

  private static final class Course implements AutoCloseable {
    private final Random random;
    private final long seed;
    private final AdjustableClock clock = AdjustableClock.running();
    private final Simulator simulator;
    private final SimulatedTenant tenant;
    private final RigTopics topics = new RigTopics();
    private final LiveRig live;
    private final HistoryRig history;
    private final Map<String, Published> published = new HashMap<>();
    private boolean historyRuns;
    private int kills;

    /** An event and who offers it. */
    private record Published(
        Instant happened, boolean late, boolean searchable, PublishedBlob blob) {
      boolean isOfferedLive() {
        return blob.retrievals() > 0;
      }
    }

    Course(long seed) throws Exception {
      this.seed = seed;
      random = new Random(seed);
      simulator =
          Simulator.builder()
              .clock(clock)
              .seed(seed)
              .tenant(t -> t.subscribedToAll().requestsPerMinute(1_000_000))
              .start();
      tenant = simulator.tenant();
      tenant.issueTokensFor(Duration.ofDays(365));
      live = new LiveRig(simulator, tenant, clock, topics);
      history = new HistoryRig(simulator, tenant, clock, topics);
    }

    void run() throws InterruptedException {
      Instant from = now().minus(Duration.ofDays(9)).plusMillis(random.nextInt(86_400_000));
      publish(from.minus(Duration.ofDays(2)), now(), false);
      history.with("history.from", from.toString()).with("history.gaps", "true");
      live.with("initial.lookback", Duration.ofHours(random.nextInt(100)).toString());
      live.start();
      if (random.nextBoolean()) {
        startHistory();
      }
      settle();
      days(1 + random.nextInt(3));
      // What was retrieved and not sent could expire, and only the live connector have it.
      until(this::isAllSent);
      // An outage: whoever runs on has nothing to read from.
      live.kill();
      for (int day = 0; day < 10; day++) {
        Instant before = now();
        clock.advance(Duration.ofDays(1));
        publish(before, now(), false);
      }
      live.start();
      settle();
      days(1);
      if (!historyRuns) {
        startHistory();
      }
      days(2);
      // Now everything is old enough.
      clock.advance(Duration.ofDays(3));
      settle();
      until(() -> history.is("DONE") && isAllSent());
      settle();
      judge();
    }

    private void startHistory() {
      history.start();
      historyRuns = true;
    }

    private Instant now() {
      return clock.instant();
    }

    private void days(int days) throws InterruptedException {
      for (int half = 0; half < 2 * days; half++) {
        Instant before = now();
        clock.advance(Duration.ofHours(12));
        publish(before, now(), true);
        settle();
      }
    }

    /** Content of a span of creation times, each with events of that time or before it. */
    private void publish(Instant from, Instant until, boolean liveRuns) {
      long millis = Duration.between(from, until).toMillis();
      int blobs = Math.max(1, (int) (millis / Duration.ofHours(6).toMillis()));
      for (int i = 0; i < blobs; i++) {
        Instant created = from.plusMillis(Math.floorMod(random.nextLong(), millis));
        BlobDraft draft = tenant.blob(TYPES.get(random.nextInt(TYPES.size()))).created(created);
        int kind = random.nextInt(10);
        boolean searchable = kind != 1 || !liveRuns;
        if (kind == 0) {
          draft.onlySearchable();
        } else if (!searchable) {
          draft.notSearchable();
        }
        Map<String, Instant> events = new LinkedHashMap<>();
        Set<String> late = new HashSet<>();
        for (int n = random.nextInt(8); n >= 0; n--) {
          String id = new UUID(random.nextLong(), random.nextLong()).toString();
          boolean isLate = random.nextInt(4) == 0;
          long before = isLate ? LATEST.toMillis() : Duration.ofHours(1).toMillis();
          events.put(
              id,
              created
                  .minusMillis(Math.floorMod(random.nextLong(), before))
                  .truncatedTo(ChronoUnit.SECONDS));
          if (isLate) {
            late.add(id);
          }
        }
        PublishedBlob blob =
            draft
                .events(
                    events.entrySet().stream()
                        .map(event -> json(event.getKey(), event.getValue()))
                        .toList())
                .add();
        events.forEach(
            (id, happened) ->
                published.put(id, new Published(happened, late.contains(id), searchable, blob)));
      }
    }

    private static String json(String id, Instant happened) {
      return """
          {"CreationTime":"%s","Id":"%s","Operation":"Send","RecordType":2,\
          "Workload":"Exchange","UserId":"u@example.com"}"""
          .formatted(happened.toString().replace("Z", ""), id);
    }

    /** Both read until nothing more comes, and are killed now and then. */
    private void settle() throws InterruptedException {
      int quiet = 0;
      while (quiet < 3) {
        boolean any = step();
        quiet = any ? 0 : quiet + 1;
      }
    }

    private void until(BooleanSupplier done) throws InterruptedException {
      Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
      while (!done.getAsBoolean()) {
        if (Instant.now().isAfter(deadline)) {
          judge();
          throw new AssertionError(
              "seed "
                  + seed
                  + ": not done "
                  + history.ledger().values().stream()
                      .filter(entry -> !entry.getString("State").equals("DONE"))
                      .toList());
        }
        // The live connector says how far it is every five minutes.
        clock.advance(Duration.ofMinutes(1));
        step();
      }
    }

    private boolean step() throws InterruptedException {
      List<SourceRecord> ofLive = live.poll();
      if (live.isRunning() && random.nextInt(10) == 0) {
        live.kill();
        kills++;
        live.start();
      } else {
        live.commit(ofLive);
      }
      List<SourceRecord> ofHistory = List.of();
      if (historyRuns) {
        ofHistory = history.poll();
        if (random.nextInt(10) == 0) {
          history.kill();
          kills++;
          history.start();
        } else {
          history.commit(ofHistory);
        }
      }
      return hasEvents(ofLive) || hasEvents(ofHistory);
    }

    private static boolean hasEvents(List<SourceRecord> records) {
      return records.stream()
          .anyMatch(record -> record.valueSchema().field("CreationTime") != null);
    }

    /** Whether everything that was retrieved is in the topics. */
    private boolean isAllSent() {
      Set<String> sent = new HashSet<>();
      topics.events().forEach(record -> sent.add((String) record.key()));
      return published.entrySet().stream()
          .filter(event -> event.getValue().isOfferedLive())
          .allMatch(event -> sent.contains(event.getKey()));
    }

    private void judge() {
      List<Slice> slices = slices();
      Set<String> live = new HashSet<>();
      Set<String> searched = new HashSet<>();
      published.forEach(
          (id, event) -> {
            if (event.isOfferedLive()) {
              live.add(id);
            }
            if (event.searchable()
                && slices.stream().anyMatch(slice -> slice.holds(event.happened()))) {
              searched.add(id);
            }
          });
      Set<String> expected = new HashSet<>(live);
      expected.addAll(searched);
      List<String> sent = topics.events().stream().map(record -> (String) record.key()).toList();
      Set<String> different = new HashSet<>(sent);
      LOG.info(
          "Seam {}: {} events, {} late, {} from both, {} live only, {} searched only, {} kills,"
              + " lost {}, twice {}",
          seed,
          expected.size(),
          expected.stream().filter(id -> published.get(id).late()).count(),
          live.stream().filter(searched::contains).count(),
          live.stream().filter(id -> !searched.contains(id)).count(),
          searched.stream().filter(id -> !live.contains(id)).count(),
          kills,
          expected.stream().filter(id -> !different.contains(id)).count(),
          sent.size() - different.size());
      explain(expected, sent);
      assertThat(live).as("live").isNotEmpty();
      assertThat(searched).as("searched").isNotEmpty().isNotEqualTo(live);
      assertThat(sent).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void explain(Set<String> expected, List<String> sent) {
      Set<String> once = new HashSet<>();
      List<String> wrong = new ArrayList<>();
      sent.stream().filter(id -> !once.add(id)).forEach(wrong::add);
      expected.stream().filter(id -> !once.contains(id)).forEach(wrong::add);
      for (String id : wrong.subList(0, Math.min(3, wrong.size()))) {
        Published event = published.get(id);
        LOG.warn(
            "Seed {}: {} {}, content {} {}, retrieved {} times, searchable {}, records {}",
            seed,
            id,
            event.happened(),
            event.blob().contentType(),
            event.blob().contentCreated(),
            event.blob().retrievals(),
            event.searchable(),
            topics.events().stream()
                .filter(record -> id.equals(record.key()))
                .map(
                    record -> record.headers().lastWithName("origin") + " " + record.sourceOffset())
                .toList());
      }
    }

    private record Slice(Instant from, Instant until) {
      /** The end is included in what Microsoft searches. */
      boolean holds(Instant time) {
        return !time.isBefore(from) && !time.isAfter(until);
      }
    }

    private List<Slice> slices() {
      return history.ledger().values().stream()
          .filter(entry -> entry.getString("Kind").equals("SLICE"))
          .map(
              entry ->
                  new Slice(
                      Instant.parse(entry.getString("From")),
                      Instant.parse(entry.getString("Until"))))
          .toList();
    }

    @Override
    public void close() {
      live.close();
      history.close();
      simulator.close();
    }
  }
}
