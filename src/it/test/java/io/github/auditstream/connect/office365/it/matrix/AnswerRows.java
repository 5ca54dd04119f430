package io.github.auditstream.connect.office365.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Microsoft's answers: throttled, failed, refused. */
final class AnswerRows {
  private static final Duration ASKED = Duration.ofSeconds(3);

  private AnswerRows() {}

  /** A way in which the API says that there are too many requests. */
  private record Throttling(String name, Fault fault, String code) {}

  private static final List<Throttling> THROTTLINGS =
      List.of(
          new Throttling("403-af429", Fault.afError(403, "AF429"), "AF429"),
          new Throttling("429-bare", Fault.bare429(429), "429"),
          new Throttling("403-af429-retry-after", Fault.afError(403, "AF429", ASKED), "AF429"),
          new Throttling("429-bare-retry-after", Fault.bare429(429, ASKED), "429"));

  static List<Row> slow() {
    return List.of(
        new Row("over-quota", scene -> overQuota(scene, 403, Optional.empty())),
        new Row(
            "over-quota-retry-after",
            scene -> overQuota(scene, 429, Optional.of(Duration.ofSeconds(5)))));
  }

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Throttling throttling : THROTTLINGS) {
      rows.addAll(throttled(throttling));
    }
    for (int status : List.of(500, 502, 503, 504)) {
      rows.add(
          new Row(
              "status-" + status + "-on-listing",
              listing(Fault.status(status), "UNAVAILABLE", "")));
      rows.add(new Row("status-" + status + "-on-a-blob", blob(Fault.status(status))));
    }
    rows.add(
        new Row(
            "status-503-on-all-blobs",
            scene -> {
              scene.publish();
              scene.retrievals().first(20).meets(Fault.status(503));
              scene.start();
            }));
    rows.add(
        new Row(
            "af50000-on-listing",
            listing(Fault.afError(500, "AF50000"), "UNAVAILABLE", "AF50000")));
    rows.add(new Row("status-403-without-a-code", listing(Fault.status(403), "FORBIDDEN", "")));
    rows.add(
        new Row(
            "window-refused-af20030",
            listing(Fault.afError(400, "AF20030"), "BAD_REQUEST", "AF20030")));
    rows.add(new Row("blob-not-there-yet-af20050", blob(Fault.afError(404, "AF20050"))));
    rows.add(new Row("auditing-off-then-on", AnswerRows::auditingOff));
    return rows;
  }

  private static List<Row> throttled(Throttling how) {
    Map<String, Row.Script> scripts = new LinkedHashMap<>();
    scripts.put(
        "listing",
        scene -> {
          scene.publish();
          scene.listings().first(2).meets(how.fault());
          scene.start();
          scene.awaitProblem("THROTTLED", how.code());
        });
    scripts.put(
        "blobs",
        scene -> {
          scene.feeds(Scene.FEED);
          scene.publish(Scene.FEED, 10);
          // After a pause one goes ahead of the others: each of these is a pause, twice as long.
          scene.retrievals().first(5).meets(how.fault());
          scene.start();
          scene.awaitProblem("THROTTLED", how.code());
        });
    scripts.put(
        "next-page",
        scene -> {
          scene.simulate(builder -> builder.pageSize(4).tenant(t -> t.subscribedToAll()));
          scene.publish();
          scene.nextPages().first(2).meets(how.fault());
          scene.start();
          scene.awaitProblem("THROTTLED", how.code());
        });
    scripts.put(
        "subscription-list",
        scene -> {
          scene.publish();
          scene.on(Operation.LIST_SUBSCRIPTIONS).first(3).meets(how.fault());
          scene.start();
          scene.awaitProblem("THROTTLED", how.code());
        });
    scripts.put(
        "subscription-start",
        scene -> {
          scene.simulateTenant(t -> t.subscribed(Scene.OTHER));
          scene.publish();
          scene.on(Operation.START_SUBSCRIPTION).call(1).meets(how.fault());
          // The reference page's quarter of an hour between two starts is not waited for here.
          scene.start();
          scene.awaitProblem("THROTTLED", how.code());
          scene.awaitOther();
          scene.tenant().subscriptions().enable(Scene.FEED);
        });
    return scripts.entrySet().stream()
        .map(each -> new Row("throttled-" + how.name() + "-" + each.getKey(), each.getValue()))
        .toList();
  }

  /** The simulator counts for itself, and the connector believes in a quota that is too large. */
  private static void overQuota(Scene scene, int status, Optional<Duration> asks) {
    scene.simulateTenant(t -> t.subscribedToAll().requestsPerMinute(25));
    scene.tenant().throttleWith(status, asks);
    scene.feeds(Scene.FEED);
    scene.set("poll.interval.ms", "5000").set("fetch.concurrency", "1");
    scene.looks(2);
    scene.expectBreach(Rule.OVER_QUOTA);
    // A listing and a retrieval can be on their way at once: what the one is asked reaches the
    // other
    // late.
    scene.expectBreach(Rule.SENT_BEFORE_RETRY_AFTER);
    List<PublishedBlob> blobs = scene.publish(Scene.FEED, 60);
    scene.start();
    scene.awaitLogged(scene.tenant().id().toString(), "THROTTLED");
    // Slowed down, it goes on within the quota.
    scene.await(
        "progress within the quota", () -> scene.arrivals().receipts().size() > blobs.size() / 2);
    scene.tenant().requestsPerMinute(2_000);
  }

  private static void auditingOff(Scene scene) {
    scene.publish();
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    scene.tenant().switchAuditingOff();
    scene.awaitProblem("FORBIDDEN", "DataServiceException");
    scene.publishNow();
    scene.tenant().switchAuditingOn();
  }

  /** The feed's listings fail for as long as the other feed needs for all of its content. */
  static Row.Script listing(Fault fault, String kind, String code) {
    return scene -> {
      scene.publish();
      scene.listings().always().meets(fault);
      scene.start();
      scene.awaitProblem(kind, code);
      scene.awaitOther();
      scene.lift();
    };
  }

  /** One blob fails three times, all others are read meanwhile. */
  static Row.Script blob(Fault... faults) {
    return scene -> {
      PublishedBlob blob = scene.publish().get(3);
      scene.on(blob).first(3).meets(faults);
      scene.start();
      assertThat(scene.attempts(blob)).as("attempts").isGreaterThanOrEqualTo(4);
    };
  }
}
