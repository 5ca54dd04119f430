package io.github.auditstream.connect.office365.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.GraphFault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.Permission;
import io.github.auditstream.connect.office365.simulator.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;

/** Microsoft's answers, the way to it, and whether it lets the application in. */
final class HistoryAnswerRows {
  private static final Duration ASKED = Duration.ofSeconds(2);

  private HistoryAnswerRows() {}

  static List<HistoryRow> rows() {
    List<HistoryRow> rows = new ArrayList<>();
    everywhere()
        .forEach(
            (name, fault) ->
                rows.add(
                    new HistoryRow(
                        "history-" + name,
                        scene -> scene.events().everywhere(fault).start().finish())));
    rows.addAll(access());
    rows.addAll(throttling());
    rows.addAll(time());
    return rows;
  }

  /** Met once by each operation. */
  private static Map<String, Fault> everywhere() {
    Map<String, Fault> faults = new LinkedHashMap<>();
    for (int status : List.of(500, 502, 503, 504)) {
      faults.put("status-" + status, GraphFault.unknownError(status));
    }
    faults.put("status-503-nested", GraphFault.nestedError(503, "UnknownError", "x"));
    faults.put("status-500-without-a-code", GraphFault.withoutCode(500));
    faults.put("status-503-retry-after", GraphFault.error(503, "UnknownError", "", ASKED));
    faults.put("request-refused-400", GraphFault.invalidRequest());
    faults.put("token-refused-401", GraphFault.error(401, "InvalidAuthenticationToken", "x"));
    faults.put("gateway-page", GraphFault.gatewayPage(502));
    faults.put("gateway-page-403", GraphFault.gatewayPage(403));
    faults.put("html", Fault.html());
    faults.put("empty-body", Fault.emptyBody());
    faults.put(
        "error-object", Fault.body("{\"error\":{\"code\":\"UnknownError\",\"message\":\"\"}}"));
    faults.put("cut-by-content-length", Fault.cutAfter(200));
    faults.put("cut-chunked", Fault.cutAfter(200, Fault.Framing.CHUNKED));
    faults.put("cut-in-a-complete-message", Fault.cutAfter(200, Fault.Framing.COMPLETE));
    faults.put("reset-in-mid-body", Fault.resetAfter(200));
    faults.put("says-gzip-and-is-not", Fault.notGzip());
    faults.put("without-gzip", Fault.noGzip());
    faults.put("byte-order-mark", Fault.byteOrderMark());
    faults.put("closed-before-headers", Fault.closed());
    faults.put("reset-before-headers", Fault.reset());
    faults.put("redirect", Fault.redirectElsewhere());
    return faults;
  }

  private static List<HistoryRow> access() {
    return List.of(
        new HistoryRow(
            "history-token-expired-in-mid-read",
            scene -> {
              scene.events();
              scene
                  .on(Operation.NEXT_RECORDS)
                  .call(2)
                  .meets(GraphFault.error(401, "InvalidAuthenticationToken", "x"));
              scene.start().finish();
              assertThat(scene.simulator().requests().count(Operation.TOKEN)).isEqualTo(2);
            }),
        new HistoryRow(
            "history-tokens-revoked",
            scene -> {
              scene.events().start().untilSent(20);
              scene.tenant().revokeTokens();
              scene.finish();
            }),
        new HistoryRow(
            "history-token-endpoint-down",
            scene -> {
              scene.events();
              scene
                  .on(Operation.TOKEN)
                  .first(4)
                  .meets(Fault.tokenError(503, "temporarily_unavailable", 90033, "x"));
              scene.with("history.queries.per.day", "2").start().finish();
            }),
        new HistoryRow(
            "history-secret-rotated",
            scene -> {
              scene.events();
              scene.tenant().rotateSecret("the-second-secret~of-the-tenant-0123");
              scene.start().untilTroubled("AADSTS7000215");
              scene.with("client.secret", "the-second-secret~of-the-tenant-0123").finish();
            }),
        new HistoryRow(
            "history-secret-expired",
            scene -> {
              scene.tenant().expireSecret();
              scene.events().start().untilTroubled("AADSTS7000222");
              scene.tenant().rotateSecret("the-second-secret~of-the-tenant-0123");
              scene.with("client.secret", "the-second-secret~of-the-tenant-0123").finish();
            }),
        new HistoryRow(
            "history-no-permission-then-consent",
            scene -> {
              scene.tenant().consentTo(Permission.READ);
              scene.events().start().untilTroubled("AuditLogsQuery.Read.All");
              scene.tenant().consentTo(Permission.READ, Permission.QUERY);
              scene.finish();
            }),
        new HistoryRow(
            "history-auditing-off-then-on",
            scene -> {
              scene.tenant().switchAuditingOff();
              scene.events().start().untilTroubled("auditing is off");
              scene.tenant().switchAuditingOn();
              scene.finish();
            }),
        new HistoryRow(
            "history-auditing-off-said-otherwise",
            scene -> {
              scene.events();
              scene.on(Operation.CREATE_QUERY).first(3).meets(GraphFault.auditingOffAtTheTop());
              scene.start().finish();
            }),
        new HistoryRow(
            "history-conditional-access",
            scene -> {
              scene.events();
              scene.on(Operation.CREATE_QUERY).first(3).meets(GraphFault.insufficientClaims());
              scene.start().untilTroubled("Conditional Access");
              scene.finish();
            }),
        new HistoryRow(
            "history-served-on-beta-only",
            scene -> {
              scene.tenant().querySettings().serveV1(false);
              scene.events().start().finish();
              assertThat(scene.tenant().queries().all())
                  .extracting(query -> query.version())
                  .containsOnly("beta");
            }),
        new HistoryRow(
            "history-served-nowhere",
            scene -> {
              scene.events();
              scene.on(Operation.LIST_QUERIES).first(4).meets(GraphFault.notServed());
              scene.start().untilTroubled("does not serve audit log queries").finish();
            }),
        new HistoryRow(
            "history-connection-refused",
            scene -> {
              scene.events().with("history.queries.per.day", "2");
              scene.simulator().stopListening();
              scene.start().untilTroubled("localhost");
              scene.simulator().listenAgain();
              // What never arrived does not count as created.
              scene.finish();
            }));
  }

  private static List<HistoryRow> throttling() {
    return List.of(
        new HistoryRow(
            "history-creation-throttled",
            scene -> {
              scene.events();
              scene.on(Operation.CREATE_QUERY).first(8).meets(GraphFault.tooManyRequests());
              scene.start().finish();
              countsNoAttempt(scene);
            }),
        new HistoryRow(
            "history-creation-throttled-retry-after",
            scene -> {
              scene.events();
              scene.tenant().querySettings().usedByOthers(0, 50).retryAfter(Optional.of(ASKED));
              scene.start().untilTroubled("too many audit log queries");
              scene.tenant().querySettings().usedByOthers(0, 0);
              scene.finish();
              countsNoAttempt(scene);
            }),
        new HistoryRow(
            "history-one-place-for-queries",
            scene -> {
              scene.events();
              scene.tenant().querySettings().usedByOthers(0, 49);
              scene.start().finish();
              countsNoAttempt(scene);
            }),
        new HistoryRow(
            "history-quota-used-by-others",
            scene -> {
              scene.events();
              scene.tenant().querySettings().usedByOthers(1_000, 0);
              scene.start().untilTroubled("too many audit log queries");
              scene.timePasses(Duration.ofDays(1));
              scene.tenant().querySettings().usedByOthers(0, 0);
              scene.finish();
              countsNoAttempt(scene);
            }),
        new HistoryRow(
            "history-own-budget-used",
            scene -> {
              scene.events().with("history.queries.per.day", "1").start();
              scene.rig().runUntil(() -> scene.states().contains("DONE"));
              scene.until("RUNNING");
              assertThat(scene.tenant().queries().created()).isEqualTo(1);
              scene.restart().until("RUNNING");
              assertThat(scene.tenant().queries().created()).isEqualTo(1);
              scene.timePasses(Duration.ofHours(25)).finish();
            }),
        new HistoryRow(
            "history-reading-throttled",
            scene -> {
              scene.events();
              scene
                  .on(Operation.NEXT_RECORDS)
                  .call(2)
                  .meets(GraphFault.tooManyRequests(Duration.ofSeconds(1)));
              scene.on(Operation.GET_QUERY).call(2).meets(GraphFault.tooManyRequests());
              scene.start().finish();
            }));
  }

  private static List<HistoryRow> time() {
    return List.of(
        slow("history-no-answer", Fault.delayed(Duration.ofSeconds(20))),
        slow("history-headers-without-end", Fault.headersWithoutEnd(Duration.ofMillis(50))),
        new HistoryRow(
            "history-clock-ahead-at-the-start",
            scene -> {
              scene.events();
              scene.simulator().clockSkew(Duration.ofDays(-12));
              scene.start();
              scene.rig().runUntil(() -> scene.rig().latest(scene.tenant().id() + "").isPresent());
              for (int i = 0; i < 10; i++) {
                scene.rig().commit(scene.rig().poll());
              }
              // By the server's clock, these days are still to come.
              assertThat(scene.simulator().requests().count(Operation.LIST_QUERIES)).isOne();
              assertThat(scene.tenant().queries().created()).isZero();
              // MSAL keeps tokens by the machine's clock, which no test moves.
              scene.timePasses(Duration.ofDays(15)).finish(Rule.TOO_MANY_TOKEN_REQUESTS);
            }),
        new HistoryRow(
            "history-clock-leaps",
            scene -> {
              scene.events().with("history.queries.per.day", "1").start().untilCreated(1);
              scene.clockLeaps(Duration.ofDays(5)).untilSent(60);
              scene.clockLeaps(Duration.ofDays(-10)).until("RUNNING");
              for (int i = 0; i < 10; i++) {
                scene.rig().commit(scene.rig().poll());
              }
              // The day's budget is not forgotten, and not used up for ever.
              assertThat(scene.tenant().queries().created()).isOne();
              scene.timePasses(Duration.ofHours(25)).finish(Rule.TOO_MANY_TOKEN_REQUESTS);
            }));
  }

  /** Given up after the time that is configured. */
  private static HistoryRow slow(String name, Fault fault) {
    return new HistoryRow(
        name,
        scene ->
            scene.events().everywhere(fault).with("request.timeout.ms", "1500").start().finish());
  }

  private static void countsNoAttempt(HistoryScene scene) {
    assertThat(scene.slices())
        .extracting((Struct entry) -> entry.getInt32("Attempt"))
        .containsOnly(1);
    assertThat(scene.tenant().queries().created()).isEqualTo(2);
  }
}
