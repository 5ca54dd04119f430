package io.github.auditstream.connect.office365.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.ConnectProxy;
import io.github.auditstream.connect.office365.fixtures.IdleDroppingRelay;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.simulator.TenantSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way to Microsoft: connections, TLS, names, redirects. */
final class NetworkRows {
  /** Not this machine's name, which no proxy is asked for. */
  private static final String PROXIED = "office.test";

  private static final String NOWHERE = "https://manage.office365.invalid";

  private static final String FAR = "https://audit.example.com";

  private NetworkRows() {}

  static List<Row> rows() {
    return List.of(
        new Row("connection-refused", NetworkRows::connectionRefused),
        new Row(
            "closed-before-headers-listing", AnswerRows.listing(Fault.closed(), "UNAVAILABLE", "")),
        new Row(
            "reset-before-headers-listing", AnswerRows.listing(Fault.reset(), "UNAVAILABLE", "")),
        new Row("reset-before-headers-blob", onceMore(Fault.reset())),
        new Row("reset-at-the-first-byte", onceMore(Fault.resetAfter(1))),
        new Row("reset-in-mid-body", onceMore(Fault.noGzip(), Fault.resetAfter(1_500))),
        new Row("reset-in-mid-gzip", onceMore(Fault.resetAfter(400))),
        new Row("slow-body", slow(Fault.dripping(10, Duration.ofMillis(500)))),
        new Row("slow-headers", slow(Fault.headersWithoutEnd(Duration.ofMillis(100)))),
        new Row("no-answer", slow(Fault.delayed(Duration.ofMinutes(30)))),
        new Row(
            "slow-headers-listing", slowListing(Fault.headersWithoutEnd(Duration.ofMillis(100)))),
        new Row("slow-body-listing", slowListing(Fault.dripping(10, Duration.ofMillis(500)))),
        new Row("idle-connections-forgotten", NetworkRows::idleConnectionsForgotten),
        new Row(
            "redirect-elsewhere-listing",
            AnswerRows.listing(Fault.redirectElsewhere(), "UNAVAILABLE", "")),
        new Row(
            "redirect-same-host-listing",
            AnswerRows.listing(Fault.redirectToSameHost(), "UNAVAILABLE", "")),
        new Row("redirect-elsewhere-blob", AnswerRows.blob(Fault.redirectElsewhere())),
        new Row("proxy-refuses-with-403", NetworkRows::proxyForbids),
        new Row("proxy-refuses-with-502", NetworkRows::proxyCannotReach),
        new Row("dns-failure", NetworkRows::dnsFailure),
        new Row("dns-failure-of-the-api", NetworkRows::dnsFailureOfTheApi),
        new Row("certificate-not-trusted", NetworkRows::certificateNotTrusted));
  }

  private static void connectionRefused(Scene scene) throws Exception {
    scene.publish();
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    scene.simulator().stopListening();
    scene.awaitProblem("UNAVAILABLE", "");
    scene.awaitProblem(Scene.OTHER, "UNAVAILABLE", "");
    scene.publishNow();
    scene.simulator().listenAgain();
  }

  /**
   * The JDK's client asks again by itself where a kept connection ended without an answer; a reset
   * can overtake the answer's beginning.
   */
  private static Row.Script onceMore(Fault... faults) {
    return scene -> {
      PublishedBlob blob = scene.publish().get(3);
      scene.on(blob).first(3).meets(faults);
      scene.start();
      assertThat(scene.attempts(blob)).as("attempts").isGreaterThanOrEqualTo(2);
    };
  }

  private static Row.Script slow(Fault fault) {
    return scene -> {
      scene.set("request.timeout.ms", "2000");
      PublishedBlob blob = scene.publish().get(3);
      scene.on(blob).first(2).meets(fault);
      scene.start();
      assertThat(scene.attempts(blob)).as("attempts").isGreaterThanOrEqualTo(3);
    };
  }

  private static Row.Script slowListing(Fault fault) {
    return scene -> {
      scene.set("request.timeout.ms", "2000");
      scene.publish();
      scene.listings().always().meets(fault);
      scene.start();
      scene.awaitProblem("UNAVAILABLE", "");
      scene.awaitOther();
      scene.lift();
    };
  }

  /** A proxy behind a firewall that forgets what is idle between two listings. */
  private static void idleConnectionsForgotten(Scene scene) throws Exception {
    scene.simulate(simulator -> simulator.host(PROXIED).tenant(TenantSetup::subscribedToAll));
    scene.feeds(Scene.FEED);
    scene.looks(1);
    int port = scene.simulator().baseUri().getPort();
    ConnectProxy proxy = scene.closing(new ConnectProxy(port, Optional.empty()));
    IdleDroppingRelay relay =
        scene.closing(new IdleDroppingRelay(proxy.port(), Duration.ofSeconds(13)));
    scene.set("proxy.host", "localhost").set("proxy.port", Integer.toString(relay.port()));
    scene.set("poll.interval.ms", "15000");
    scene.publish(Scene.FEED, 10);
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    for (int lull = 0; lull < 2; lull++) {
      long forgotten = relay.forgotten();
      scene.await("connection that is forgotten", () -> relay.forgotten() > forgotten);
      assertThat(scene.attempts(scene.publishNow())).as("attempts").isEqualTo(1);
    }
    assertThat(relay.swallowed()).as("bytes of a request without an answer").isLessThan(64);
  }

  /** The proxy has no tunnel to Entra ID, and none to the API. */
  private static void proxyForbids(Scene scene) throws Exception {
    try (ConnectProxy proxy = new ConnectProxy(1, Optional.empty())) {
      proxy.refuseAll(403);
      scene.publish();
      scene.set("management.endpoint", FAR).set("authority.endpoint", FAR);
      behind(proxy, scene);
      assertThat(scene.lastReason(Scene.FEED))
          .contains("Entra ID")
          .contains("the proxy refuses the tunnel to audit.example.com with HTTP 403")
          .doesNotContain("proxy.user", "password");
    }
    withoutProxy(scene);
  }

  /** Entra ID is on this machine, which no proxy is asked for. */
  private static void proxyCannotReach(Scene scene) throws Exception {
    try (ConnectProxy proxy = new ConnectProxy(1, Optional.empty())) {
      proxy.refuseAll(502);
      scene.publish();
      scene.on(Operation.TOKEN).always().meets(token());
      scene.set("management.endpoint", FAR);
      behind(proxy, scene);
      assertThat(scene.lastReason(Scene.FEED))
          .contains("the proxy refuses the tunnel to audit.example.com with HTTP 502")
          .doesNotContain("proxy.user", "password");
    }
    scene.lift();
    withoutProxy(scene);
  }

  private static void behind(ConnectProxy proxy, Scene scene) {
    scene.set("proxy.host", "127.0.0.1").set("proxy.port", Integer.toString(proxy.port()));
    scene.start();
    scene.awaitProblem("UNAVAILABLE", "");
  }

  private static void withoutProxy(Scene scene) throws Exception {
    scene.set("proxy.host", "").set("proxy.port", "");
    correct(scene);
  }

  private static void dnsFailure(Scene scene) throws Exception {
    scene.publish();
    scene.set("management.endpoint", NOWHERE).set("authority.endpoint", NOWHERE);
    scene.start();
    scene.awaitProblem("UNAVAILABLE", "");
    assertThat(scene.lastReason(Scene.FEED)).contains("resolved");
    correct(scene);
  }

  /** Entra ID answers, and the name of the API is not known. */
  private static void dnsFailureOfTheApi(Scene scene) throws Exception {
    scene.publish();
    scene.on(Operation.TOKEN).always().meets(token());
    scene.set("management.endpoint", NOWHERE);
    scene.start();
    scene.awaitProblem("UNAVAILABLE", "");
    assertThat(scene.lastReason(Scene.FEED)).contains("cannot be resolved", "management.endpoint");
    scene.lift();
    correct(scene);
  }

  private static Fault token() {
    return Fault.answer(
        200,
        Map.of("Content-Type", "application/json"),
        "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"sim.of-no-use\"}");
  }

  private static void correct(Scene scene) throws Exception {
    String right = scene.simulator().baseUri().toString();
    scene.set("management.endpoint", right).set("authority.endpoint", right);
    scene.start();
  }

  private static void certificateNotTrusted(Scene scene) throws Exception {
    Path folder = Files.createTempDirectory(scene.stage().stack().work(), "another-authority");
    scene.publish();
    try (Simulator another = Simulator.builder().directory(folder).start()) {
      scene.set("ssl.truststore.location", another.truststore().location().toString());
      scene.start();
      scene.awaitProblem("UNAVAILABLE", "");
      assertThat(scene.lastReason(Scene.FEED)).contains("TLS", "ssl.truststore.location");
    }
    scene.set("ssl.truststore.location", scene.simulator().truststore().location().toString());
    scene.start();
  }
}
