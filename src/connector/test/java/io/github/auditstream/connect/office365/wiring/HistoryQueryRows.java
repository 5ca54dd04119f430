package io.github.auditstream.connect.office365.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.GraphFault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.graph.QueryCourse;
import io.github.auditstream.connect.office365.simulator.graph.QueryRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Struct;

/** Queries: how they go on, and whether they are found again. */
final class HistoryQueryRows {
  private HistoryQueryRows() {}

  static List<HistoryRow> rows() {
    return List.of(
        new HistoryRow(
            "history-query-stuck",
            scene -> {
              scene.tenant().querySettings().courseOf(longerThan(23), QueryCourse.stuck());
              scene.events().with("history.stuck.after", "PT10M").start().untilCreated(2);
              scene.timePasses(Duration.ofMinutes(11)).finish();
              assertThat(scene.slices()).hasSize(6);
            }),
        new HistoryRow(
            "history-query-stuck-over-a-restart",
            scene -> {
              scene.tenant().querySettings().courseOf(longerThan(23), QueryCourse.stuck());
              scene.events().with("history.stuck.after", "PT10M").start().untilCreated(2);
              scene.rig().runUntil(() -> searching(scene) == 2);
              scene.timePasses(Duration.ofMinutes(11)).restart().finish();
              assertThat(scene.tenant().queries().created()).isEqualTo(6);
            }),
        new HistoryRow(
            "history-query-never-starts",
            scene -> {
              scene.tenant().querySettings().nextCourses(QueryCourse.neverStarts());
              scene.events().with("history.stuck.after", "PT10M").start().untilCreated(2);
              scene.timePasses(Duration.ofMinutes(11)).finish();
            }),
        new HistoryRow(
            "history-query-in-an-unknown-state",
            scene -> {
              scene
                  .tenant()
                  .querySettings()
                  .nextCourses(QueryCourse.queued(), QueryCourse.unknown());
              scene.events().start().finish();
              assertThat(scene.tenant().queries().created()).isEqualTo(2);
            }),
        new HistoryRow(
            "history-query-fails",
            scene -> {
              scene
                  .tenant()
                  .querySettings()
                  .nextCourses(QueryCourse.failsAtPoll(1), QueryCourse.failsAtPoll(3));
              scene.events().start().finish();
              assertThat(scene.tenant().queries().created()).isEqualTo(4);
            }),
        new HistoryRow(
            "history-query-fails-six-times",
            scene -> {
              scene
                  .tenant()
                  .querySettings()
                  .courseOf(beginningAt(scene), QueryCourse.failsAtPoll(1));
              scene
                  .events()
                  .withoutAll()
                  .endsIncomplete("6 queries came to nothing. The last one: Microsoft reports")
                  .start();
              scene.finish();
              assertThat(scene.tenant().queries().created()).isEqualTo(7);
              assertThat(scene.rig().eventIds())
                  .containsAll(scene.offered(scene.middle(), scene.until()));
            }),
        new HistoryRow(
            "history-incomplete-slice-read-anew",
            scene -> {
              scene.tenant().querySettings().course(QueryCourse.failsAtPoll(1));
              scene.events().start().until("INCOMPLETE");
              // As a person does who removes the connector's offsets.
              scene.rig().kill();
              scene.rig().forgetOffsets();
              scene.tenant().querySettings().course(QueryCourse.succeedsAtPoll(2));
              scene.start().finish();
            }),
        new HistoryRow(
            "history-query-cancelled",
            scene -> {
              scene.tenant().querySettings().nextCourses(QueryCourse.cancelledAtPoll(2));
              scene.events().start().finish();
              assertThat(scene.tenant().queries().created()).isEqualTo(3);
            }),
        new HistoryRow(
            "history-query-gone-while-it-runs",
            scene -> {
              scene.tenant().querySettings().nextCourses(QueryCourse.stuck(), QueryCourse.stuck());
              scene.events().start();
              scene.rig().runUntil(() -> searching(scene) == 2);
              scene.tenant().queries().forgetAll();
              scene.finish();
            }),
        new HistoryRow(
            "history-query-gone-over-a-restart",
            scene -> {
              scene.tenant().querySettings().nextCourses(QueryCourse.stuck(), QueryCourse.stuck());
              scene.events().start();
              scene.rig().runUntil(() -> searching(scene) == 2);
              scene.rig().kill();
              scene.tenant().queries().forgetAll();
              scene.start().finish();
            }),
        new HistoryRow(
            "history-query-gone-in-mid-read",
            scene -> {
              scene.on(Operation.NEXT_RECORDS).call(2).meets(GraphFault.noSuchQuery());
              scene.events().start().finish();
              assertThat(scene.tenant().queries().created()).isEqualTo(3);
            }),
        new HistoryRow(
            "history-creation-refused-400-each-time",
            scene -> {
              scene.on(Operation.CREATE_QUERY).always().meets(GraphFault.invalidRequest());
              scene.events().withoutAll().endsIncomplete("refused as invalid").start().finish();
            }),
        lost("history-answer-to-creation-lost", Fault.closed()),
        lost("history-answer-to-creation-cut", Fault.cutAfter(30)),
        lost("history-answer-to-creation-reset", Fault.reset()),
        lost("history-answer-to-creation-is-html", Fault.html()),
        new HistoryRow("history-answers-lost-and-killed", HistoryQueryRows::lostAndKilled),
        new HistoryRow(
            "history-list-in-a-circle",
            scene -> {
              scene.tenant().querySettings().queriesPerPage(1);
              scene.on(Operation.CREATE_QUERY).first(2).meets(Fault.closed());
              scene
                  .simulator()
                  .when(
                      "further pages of the list",
                      call ->
                          call.operation() == Operation.LIST_QUERIES
                              && call.parameter("$skiptoken").isPresent())
                  .first(3)
                  .meets(GraphFault.firstPageNext());
              scene.events().start().finish();
              assertThat(scene.tenant().queries().created()).isEqualTo(2);
            }),
        new HistoryRow(
            "history-query-wrapped-in-value",
            scene -> {
              scene.on(Operation.CREATE_QUERY).always().meets(GraphFault.wrappedInValue());
              scene.on(Operation.GET_QUERY).always().meets(GraphFault.wrappedInValue());
              scene.events().start().finish();
              assertThat(scene.tenant().queries().created()).isEqualTo(2);
            }));
  }

  private static HistoryRow lost(String name, Fault fault) {
    return new HistoryRow(
        name,
        scene -> {
          scene.on(Operation.CREATE_QUERY).first(2).meets(fault);
          scene.events().with("history.queries.per.day", "2").start().finish();
          assertThat(scene.tenant().queries().created()).isEqualTo(2);
        });
  }

  /** Nothing but the names is left to find the queries by. */
  private static void lostAndKilled(HistoryScene scene) throws Exception {
    AtomicBoolean notListed = new AtomicBoolean();
    scene
        .simulator()
        .when(
            "lists after the creations",
            call -> call.operation() == Operation.LIST_QUERIES && notListed.get())
        .always()
        .meets(GraphFault.unknownError(503));
    scene
        .simulator()
        .when(
            "creations",
            call -> {
              boolean creates = call.operation() == Operation.CREATE_QUERY;
              if (creates) {
                notListed.set(true);
              }
              return creates;
            })
        .first(2)
        .meets(Fault.closed());
    scene.events().with("history.queries.per.day", "2").start().untilCreated(2);
    scene.rig().runUntil(() -> scene.simulator().requests().count(Operation.LIST_QUERIES) > 4);
    scene.rig().kill();
    notListed.set(false);
    scene.start().finish();
    assertThat(scene.tenant().queries().created()).isEqualTo(2);
    // The next ones are counted, and none is left of the day's.
    assertThat(scene.rig().latest(scene.tenant().id().toString()).orElseThrow().get("QueriesToday"))
        .isEqualTo(2);
  }

  private static long searching(HistoryScene scene) {
    return scene.slices().stream()
        .filter((Struct entry) -> entry.getString("State").equals("SEARCHING"))
        .count();
  }

  private static Predicate<QueryRequest> longerThan(int hours) {
    return request ->
        Duration.between(request.start().orElseThrow(), request.end().orElseThrow()).toHours()
            > hours;
  }

  private static Predicate<QueryRequest> beginningAt(HistoryScene scene) {
    return request -> request.start().orElseThrow().equals(scene.from());
  }
}
