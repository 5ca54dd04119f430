package io.github.auditstream.connect.office365.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.AdjustableClock;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.simulator.graph.QueryCourse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private final AdjustableClock clock = AdjustableClock.running();
  private Simulator simulator;
  private SimulatedTenant tenant;
  private HistoryRig rig;
  private Instant today;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.builder().clock(clock).tenant(t -> t.subscribedToAll()).start();
    tenant = simulator.tenant();
    rig = new HistoryRig(simulator, tenant, clock);
    today = clock.instant().truncatedTo(ChronoUnit.DAYS);
  }

  @AfterEach
  void stop() {
    rig.close();
    simulator.close();
  }

  private Instant daysAgo(int days) {
    return today.minus(Duration.ofDays(days));
  }

  private void publish(int fromDaysAgo, int untilDaysAgo, int blobsADay, int eventsABlob) {
    ContentType[] types = ContentType.values();
    int number = 0;
    for (int day = fromDaysAgo; day > untilDaysAgo; day--) {
      for (int blob = 0; blob < blobsADay; blob++) {
        tenant
            .blob(types[number++ % types.length])
            .created(daysAgo(day).plus(Duration.ofDays(1).dividedBy(blobsADay).multipliedBy(blob)))
            .events(eventsABlob)
            .onlySearchable()
            .add();
      }
    }
  }

  /** An event of the very end is found, too. */
  private List<String> offered(int fromDaysAgo, int untilDaysAgo) {
    return tenant
        .queries()
        .idsBetween(daysAgo(fromDaysAgo), daysAgo(untilDaysAgo).plusSeconds(1), clock.instant());
  }

  private HistoryRig reading(int fromDaysAgo, int untilDaysAgo) {
    return rig.with("history.from", daysAgo(fromDaysAgo).toString())
        .with("history.until", daysAgo(untilDaysAgo).toString());
  }

  @Test
  void readsEveryEventOfTheRangeOnce() throws Exception {
    publish(41, 9, 4, 25);

    reading(40, 10).start();
    rig.runUntil(() -> rig.is("DONE"));

    List<String> offered = offered(40, 10);
    assertThat(offered).hasSizeGreaterThan(2_000);
    assertThat(rig.eventIds()).containsExactlyInAnyOrderElementsOf(offered);
    assertThat(rig.in("office365.deadletter")).isEmpty();
    assertThat(simulator.breaches()).isEmpty();
    assertThat(rig.latest(tenant.id().toString()).orElseThrow().getInt32("SlicesDone"))
        .isEqualTo(30);
  }

  @Test
  void sendsNothingTwiceAndLosesNothingWhereTasksAreKilled() throws Exception {
    publish(31, 9, 4, 50);
    reading(30, 10);
    Random random = new Random(7);

    int kills = 0;
    rig.start();
    while (!rig.is("DONE")) {
      List<SourceRecord> polled = rig.poll();
      if (random.nextInt(2) == 0 && kills < 25) {
        rig.kill();
        kills++;
        rig.start();
      } else {
        rig.commit(polled);
      }
    }

    assertThat(kills).isGreaterThan(3);
    assertThat(rig.eventIds()).containsExactlyInAnyOrderElementsOf(offered(30, 10));
    assertThat(tenant.queries().created()).isLessThan(60);
  }

  @Test
  void readsThePartsOfWhatIsTruncated() throws Exception {
    publish(12, 9, 24, 20);
    tenant.querySettings().recordLimit(150);

    reading(12, 10).start();
    rig.runUntil(() -> rig.is("DONE"));

    assertThat(rig.eventIds()).containsExactlyInAnyOrderElementsOf(offered(12, 10));
    assertThat(rig.ledger().values()).anyMatch(entry -> "SPLIT".equals(entry.get("State")));
  }

  @Test
  void queriesAgainWhatFailed() throws Exception {
    publish(12, 9, 4, 20);
    tenant.querySettings().nextCourses(QueryCourse.failsAtPoll(2), QueryCourse.cancelledAtPoll(1));

    reading(12, 10).start();
    rig.runUntil(() -> rig.is("DONE"));

    assertThat(rig.eventIds()).containsExactlyInAnyOrderElementsOf(offered(12, 10));
  }

  @Test
  void readsTheGapsOfTheLiveConnector() throws Exception {
    publish(25, 9, 4, 20);

    rig.with("history.gaps", "true").gap(daysAgo(15).plusSeconds(4_000), daysAgo(12)).start();
    rig.runUntil(() -> rig.is("DONE"));

    assertThat(rig.eventIds()).containsAll(offered(17, 12)).doesNotHaveDuplicates();
  }

  /** What lies in the topics from a time before those of the first gap is read then, too. */
  @Test
  void readsGapsThatAreReportedLaterAndLieFurtherBack() throws Exception {
    publish(25, 9, 4, 20);
    reading(20, 18).start();
    rig.runUntil(() -> rig.is("DONE"));
    rig.kill();
    rig.without("history.from").without("history.until").with("history.gaps", "true");
    rig.gap(daysAgo(12), daysAgo(11)).start();
    rig.runUntil(() -> rig.eventIds().containsAll(offered(12, 11)) && rig.is("DONE"));

    rig.gap(daysAgo(19), daysAgo(17));
    rig.runUntil(() -> rig.eventIds().containsAll(offered(19, 17)) && rig.is("DONE"));

    assertThat(rig.eventIds()).doesNotHaveDuplicates();
  }

  /** Slices begin with a whole second, and so must what is known. */
  @Test
  void sendsNothingTwiceThatHappenedInTheSecondOfTheBeginning() throws Exception {
    Instant from = daysAgo(12).plusMillis(1_900);
    tenant
        .blob(ContentType.EXCHANGE)
        .created(from.plusSeconds(60))
        .events(
            """
            {"CreationTime":"%s","Id":"0d6d6fdf-6f0a-6c53-ecf3-8eebb872ef94","Operation":"Send","RecordType":2,"Workload":"Exchange"}"""
                .formatted(daysAgo(12).plusSeconds(1).toString().replace("Z", "")))
        .onlySearchable()
        .add();
    rig.with("history.from", from.toString()).with("history.until", daysAgo(11).toString());
    rig.start();
    rig.runUntil(() -> rig.is("DONE"));
    rig.kill();
    rig.forgetOffsets();
    rig.start();
    int before = rig.in("office365.history").size();
    rig.runUntil(
        () ->
            rig.in("office365.history").stream()
                .skip(before)
                .anyMatch(
                    record -> ((Struct) record.value()).getString("State").equals("READING")));
    rig.runUntil(() -> rig.is("DONE"));

    assertThat(rig.eventIds()).hasSize(1);
  }

  @Test
  void readsExportFilesOnceAndBesideWhatIsThere(@TempDir Path folder) throws Exception {
    publish(12, 9, 4, 10);
    reading(12, 10).with("import.folder", folder.toString()).start();
    rig.runUntil(() -> rig.is("DONE"));
    List<String> offered = offered(12, 10);
    assertThat(rig.eventIds()).containsExactlyInAnyOrderElementsOf(offered);

    StringBuilder csv = new StringBuilder("RecordId,CreationDate,RecordType,AuditData\r\n");
    Stream.concat(offered.stream().limit(20), NEW.stream())
        .forEach(id -> csv.append(row(id)).append("\r\n"));
    csv.append("x,2026-01-01,2,\"{\"\"Id\"\":\"\r\n");
    Files.writeString(folder.resolve("export.csv"), csv);
    rig.runUntil(() -> rig.latest("import/export.csv").filter(HistoryTest::isDone).isPresent());

    assertThat(rig.eventIds())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(offered.stream(), NEW.stream()).toList());
    Struct entry = rig.latest("import/export.csv").orElseThrow();
    assertThat(entry.getInt64("Sent")).isEqualTo(NEW.size());
    assertThat(entry.getInt64("AlreadyThere")).isEqualTo(20);
    assertThat(entry.getInt64("DeadLetters")).isEqualTo(1);
    assertThat(rig.in("office365.deadletter")).hasSize(1);
    rig.kill();
    rig.start();
    rig.runUntil(() -> rig.is("DONE"));
    assertThat(rig.in("office365.deadletter")).hasSize(1);
  }

  private static final List<String> NEW =
      Stream.iterate(0, i -> i + 1).limit(30).map(i -> new UUID(7, i).toString()).toList();

  private static boolean isDone(Struct entry) {
    return entry.getString("State").equals("DONE");
  }

  private static String row(String id) {
    String event =
        "{\"CreationTime\":\"2026-02-03T04:05:06\",\"Id\":\"%s\",\"Operation\":\"Send\",\"RecordType\":2,\"Workload\":\"Exchange\"}"
            .formatted(id);
    return id + ",2/3/2026 4:05:06 AM,2,\"" + event.replace("\"", "\"\"") + "\"";
  }
}
