package io.github.auditstream.connect.office365.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Fault.Framing;
import io.github.auditstream.connect.office365.simulator.LiveFeed;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.Permission;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Secrets, tokens, consent and the token endpoint. */
final class CredentialRows {
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final String DENIED =
      "{\"Message\":\"Authorization has been denied for this request.\"}";

  private CredentialRows() {}

  static Row tenMinutes() {
    return new Row("token-endpoint-down-for-ten-minutes", CredentialRows::downForTenMinutes);
  }

  static List<Row> rows() {
    return List.of(
        new Row("secret-revoked-then-restored", CredentialRows::secretRevoked),
        new Row("secret-expired-then-renewed", CredentialRows::secretExpired),
        new Row("token-revoked-between-blobs", CredentialRows::tokenRevoked),
        new Row("token-revoked-in-mid-blob", CredentialRows::tokenRevokedInMidBlob),
        new Row("token-refused-once-as-expired", CredentialRows::tokenExpired),
        new Row("tokens-of-five-seconds", CredentialRows::shortTokens),
        new Row("one-blob-refused-401", CredentialRows::oneBlobRefused),
        new Row("listing-refused-401", AnswerRows.listing(denied(), "UNAUTHORISED", "")),
        new Row("token-endpoint-500", token(Fault.status(500), "")),
        new Row(
            "token-endpoint-503-aadsts90033",
            token(Fault.tokenError(503, "temporarily_unavailable", 90033, "Busy."), "AADSTS90033")),
        new Row("token-endpoint-429", token(Fault.status(429), "")),
        new Row("token-endpoint-is-html", token(Fault.html(), "")),
        new Row("token-endpoint-without-a-token", token(Fault.body("{}"), "")),
        new Row("token-endpoint-empty", token(Fault.emptyBody(), "")),
        new Row("token-endpoint-cut", token(Fault.cutAfter(20, Framing.COMPLETE), "")),
        new Row("token-endpoint-reset", token(Fault.reset(), "")),
        new Row("no-consent-then-consent", CredentialRows::noConsent),
        new Row("permission-missing-for-dlp-only", CredentialRows::noDlp));
  }

  private static Fault denied() {
    return Fault.answer(401, Map.of("Content-Type", "application/json"), DENIED);
  }

  /** Literally: nothing is sped up. Content goes on coming meanwhile. */
  private static void downForTenMinutes(Scene scene) {
    SimulatedTenant tenant = scene.tenant();
    scene.publish();
    // From the next token on, and the one that there is does not serve any more.
    scene.lift();
    scene.on(Operation.TOKEN).always().meets(Fault.closed());
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    scene.strike();
    tenant.revokeTokens();
    try (LiveFeed one = tenant.live(Scene.FEED, 0.2, 3);
        LiveFeed other = tenant.live(Scene.OTHER, 0.1, 3)) {
      scene.awaitProblem("UNAVAILABLE", "");
      long start = System.nanoTime();
      scene.await(
          "ten minutes",
          TEN_MINUTES.plusMinutes(2),
          () -> System.nanoTime() - start >= TEN_MINUTES.toNanos());
      assertThat(one.published() + other.published()).isGreaterThan(100);
    }
    scene.lift();
    long end = System.nanoTime();
    scene.awaitReceipts(scene.simulator().ledger().blobs());
    scene.note(
        "all caught up %d s after the ten minutes"
            .formatted(Duration.ofNanos(System.nanoTime() - end).toSeconds()));
  }

  private static void secretRevoked(Scene scene) throws Exception {
    Path file = secretFile(scene);
    scene.publish();
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    String renewed = "renewed~" + UUID.randomUUID();
    scene.secret(renewed);
    scene.tenant().rotateSecret(renewed);
    scene.tenant().revokeTokens();
    scene.awaitProblem("UNAUTHORISED", "AADSTS7000215");
    scene.publishNow();
    Files.writeString(file, "secret=" + renewed + "\n");
  }

  private static void secretExpired(Scene scene) throws Exception {
    Path file = secretFile(scene);
    scene.publish();
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    scene.tenant().expireSecret();
    scene.tenant().revokeTokens();
    scene.awaitProblem("UNAUTHORISED", "AADSTS7000222");
    scene.publishNow();
    String renewed = "renewed~" + UUID.randomUUID();
    scene.secret(renewed);
    scene.tenant().rotateSecret(renewed);
    Files.writeString(file, "secret=" + renewed + "\n");
  }

  private static Path secretFile(Scene scene) throws Exception {
    Path file = Files.createTempFile(scene.stage().stack().work(), scene.name(), ".properties");
    Files.writeString(file, "secret=" + scene.tenant().clientSecret() + "\n");
    scene.set("tenants.t0.client.secret", "${file:" + file + ":secret}");
    return file;
  }

  private static void tokenRevoked(Scene scene) {
    scene.publish();
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    scene.tenant().revokeTokens();
    scene.publish(Scene.FEED, 10);
    scene.awaitReceipts(Scene.FEED);
    assertThat(scene.simulator().requests().count(Operation.TOKEN, "200")).isGreaterThan(1);
  }

  private static void tokenRevokedInMidBlob(Scene scene) {
    scene.publish();
    PublishedBlob blob =
        scene.tenant().blob(Scene.FEED).createdAgo(Duration.ofMinutes(9)).events(40).add();
    int half = blob.body().length / 2;
    scene
        .on(blob)
        .attempt(1)
        .meets(Fault.noGzip(), Fault.cutAfter(half, Framing.CHUNKED))
        .attempt(2)
        .meets(denied());
    scene.start();
    assertThat(scene.attempts(blob)).as("attempts").isEqualTo(2);
  }

  private static void tokenExpired(Scene scene) {
    scene.publish();
    scene.listings().call(2).meets(denied());
    scene.start();
    scene.await("another token", () -> tokens(scene) == 2);
  }

  private static long tokens(Scene scene) {
    return scene.simulator().requests().count(Operation.TOKEN, "200");
  }

  /** They end while requests are on their way. */
  private static void shortTokens(Scene scene) {
    scene.tenant().issueTokensFor(Duration.ofSeconds(5));
    scene.publish();
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    scene.await("ten tokens", () -> tokens(scene) >= 10);
    scene.publishNow();
  }

  private static void oneBlobRefused(Scene scene) {
    PublishedBlob blob = scene.publish().get(3);
    // Each attempt is two requests: one with the token, one with a fresh one.
    scene.on(blob).first(4).meets(denied());
    scene.start();
    scene.awaitReceipts(List.of(blob));
  }

  private static Row.Script token(Fault fault, String code) {
    return scene -> {
      scene.publish();
      scene.on(Operation.TOKEN).always().meets(fault);
      scene.start();
      scene.awaitProblem("UNAVAILABLE", code);
      scene.lift();
    };
  }

  private static void noConsent(Scene scene) {
    scene.simulateTenant(t -> t.consent());
    scene.feeds(ContentType.values());
    scene.publish();
    scene.start();
    for (ContentType type : ContentType.values()) {
      scene.awaitProblem(type, "FORBIDDEN", "AF10001");
    }
    scene.tenant().consentTo(Permission.READ, Permission.READ_DLP);
  }

  private static void noDlp(Scene scene) {
    scene.simulateTenant(t -> t.consent(Permission.READ));
    scene.feeds(Scene.FEED, ContentType.DLP);
    scene.publish(Scene.FEED, 10);
    List<PublishedBlob> dlp = scene.publish(ContentType.DLP, 5);
    scene.start();
    scene.awaitProblem(ContentType.DLP, "FORBIDDEN", "AF10001");
    scene.awaitReceipts(Scene.FEED);
    scene.publishNow();
    scene.awaitReceipts(Scene.FEED);
    assertThat(scene.haveReceipts(dlp)).isFalse();
    scene.tenant().consentTo(Permission.READ, Permission.READ_DLP);
  }
}
