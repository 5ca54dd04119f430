package io.github.auditstream.connect.office365.api;

import static io.github.auditstream.connect.office365.api.ApiFixture.failed;
import static io.github.auditstream.connect.office365.api.ApiFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.model.ContentType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that means harm. */
@Timeout(180)
class HostileAnswersTest {
  private static final URI ROOT = URI.create("https://manage.office.com");

  @Provide
  static Arbitrary<String> addresses() {
    Arbitrary<String> scheme =
        Arbitraries.of(
            "https://",
            "HTTPS://",
            "http://",
            "https:/",
            "https:",
            "//",
            "",
            "https:\\\\",
            "https:///",
            "ftp://",
            "wss://",
            "https:// ",
            "\thttps://",
            "jar:https://");
    Arbitrary<String> user =
        Arbitraries.of(
            "",
            "",
            "",
            "@",
            "user@",
            "user:pass@",
            "manage.office.com@",
            "evil.test@",
            "manage.office.com:443@",
            "%40",
            "manage.office.com%40",
            "manage.office.com\\@",
            "manage.office.com#@",
            "manage.office.com?@",
            "manage.office.com;@",
            "manage.office.com%2f@");
    Arbitrary<String> host =
        Arbitraries.of(
            "manage.office.com",
            "manage.office.com",
            "manage.office.com",
            "MANAGE.office.COM",
            "manage.office.com.",
            "manage.office.com.evil.test",
            "evil.test",
            "xmanage.office.com",
            "manage.office.com%2eevil.test",
            "manage.office.com%00.evil.test",
            "localhost",
            "127.0.0.1",
            "[::1]",
            "m\u0430nage.office.com",
            "xn--mnage-3ve.office.com",
            "manage.office\u3002com",
            "manage\uFF0Eoffice.com",
            "manage.office.com\u200B",
            "manage.office.com_evil",
            "manage..office.com",
            "");
    Arbitrary<String> port =
        Arbitraries.of("", "", "", ":443", ":", ":80", ":8443", ":0443", ":-1", ":99999", ":x");
    Arbitrary<String> path =
        Arbitraries.of(
            "",
            "/",
            "/api/v1.0/a$b",
            "/../..",
            "/@evil.test/",
            "//evil.test/",
            "?u=@evil.test",
            "#@evil.test",
            "\\evil.test",
            "/\r\nHost: evil.test",
            "/%0d%0aHost:%20evil.test",
            "/" + "a".repeat(9_000),
            "@evil.test/",
            ".evil.test/",
            ":443@evil.test/");
    return Combinators.combine(scheme, user, host, port, path)
        .as((a, b, c, d, e) -> a + b + c + d + e);
  }

  @Property(tries = 20_000)
  void getsATokenToNoOtherHostPortOrScheme(@ForAll("addresses") String text) throws Exception {
    URI accepted;
    try {
      accepted = Descriptors.ownUri(ROOT, text);
    } catch (MalformedAnswerException e) {
      assertThat(e.reason()).matches("[ -~]{1,1000}");
      return;
    }
    AtomicReference<URI> sent = new AtomicReference<>();
    ApiOutcome<Answer> refused =
        new OwnHostOnly(
                ROOT,
                new Published(
                    ApiFixture.PUBLISHER,
                    call -> {
                      sent.set(call.uri());
                      return CompletableFuture.completedFuture(
                          call.failed(ApiOutcome.Kind.GONE, "the end of the way"));
                    }))
            .send(Call.of(Operation.NEXT_PAGE, accepted, ApiFixture.TENANT))
            .join();

    assertThat(failed(refused).kind()).isEqualTo(ApiOutcome.Kind.GONE);
    assertThat(sent.get().toString())
        .matches("(?i)https://manage\\.office\\.com(:0?443)?:?([/?#]\\S*)?");
    URI asked = HttpRequest.newBuilder(sent.get()).build().uri();
    assertThat(asked.getHost()).isEqualToIgnoringCase("manage.office.com");
    assertThat(asked.getPort()).isIn(-1, 443);
    assertThat(asked.getRawUserInfo()).isNull();
  }

  @Test
  void noRedirectIsFollowed() throws Exception {
    try (ApiFixture fixture = new ApiFixture();
        ScriptedServer elsewhere = new ScriptedServer()) {
      for (int status = 300; status <= 399; status++) {
        fixture.server.answers(
            Reply.json(status, "").header("Location", elsewhere.root() + "/login"));

        ApiOutcome.Failed<?> failure = failed(fixture.list());

        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.kind()).isEqualTo(ApiOutcome.Kind.UNAVAILABLE);
      }
      assertThat(fixture.server.requests()).hasSize(100);
      assertThat(elsewhere.connections()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "contentCreated, 2026-08-07T11:00:00.123Z, +999999999-12-31T23:59:59Z, contentCreated",
    "contentCreated, 2026-08-07T11:00:00.123Z, -0001-01-01T00:00:00Z, contentCreated",
    "contentCreated, 2026-08-07T11:00:00.123Z, 1969-12-31T23:59:59Z, contentCreated",
    "contentCreated, 2026-08-07T11:00:00.123Z, 9999-01-01T00:00:00Z, contentCreated",
    "contentId, \"a\", \"a\\nFATAL forged\", contentId",
    "contentId, \"a\", \"a\\u0085b\", contentId",
    "contentId, \"a\", \"a\\ud83d\", contentId",
  })
  void aWrongDescriptorIsRefused(String name, String right, String wrong, String named)
      throws Exception {
    try (ApiFixture fixture = new ApiFixture()) {
      String descriptor = fixture.descriptor("a");
      assertThat(descriptor).as(name).contains(right);
      fixture.server.answers(Reply.json(200, "[" + descriptor.replace(right, wrong) + "]"));

      ContentPage page = ok(fixture.list());

      assertThat(page.blobs()).isEmpty();
      assertThat(page.refused()).hasSize(1);
      assertThat(page.refused().get(0).reason()).contains(named).doesNotContain("forged");
      assertThat(page.toString()).doesNotContain("forged");
    }
  }

  @Test
  void aLongIdDoesNotMakeALongOffset() throws Exception {
    try (ApiFixture fixture = new ApiFixture()) {
      fixture.server.answers(Reply.json(200, "[" + fixture.descriptor("a".repeat(1_001)) + "]"));

      ContentPage page = ok(fixture.list());
      assertThat(page.blobs()).isEmpty();
      assertThat(page.refused().get(0).reason()).contains("contentId");
      assertThat(page.refused().get(0).contentId()).isEmpty();

      fixture.server.answers(Reply.json(200, "[" + fixture.descriptor("a".repeat(1_000)) + "]"));
      assertThat(ok(fixture.list()).blobs()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 429, 500})
  void theMessageQuotesNothingOfTheAnswer(int status) throws Exception {
    try (ApiFixture fixture = new ApiFixture()) {
      String body =
          "{\"error\":{\"code\":\"marker\",\"message\":\"marker of jane@contoso.test\\r\\nforged\"}}";
      fixture.server.answers(
          Reply.json(status, body)
              .header("request-id", "marker of jane")
              .header("WWW-Authenticate", "Bearer realm=\"marker\"")
              .header("Retry-After", "marker"));

      ApiOutcome.Failed<?> failure = failed(fixture.list());

      assertThat(failure.toString()).doesNotContain("marker", "jane", "forged");
      assertThat(failure.code()).isEmpty();
    }
  }

  @Test
  void theMessageStaysShortForALongValue() throws IOException, InterruptedException {
    try (ApiFixture fixture = new ApiFixture()) {
      String host = "a".repeat(63) + ".b".repeat(3_000);

      ApiOutcome.Failed<?> failure =
          failed(
              BlockingApi.await(
                  fixture
                      .api
                      .api()
                      .nextPage(ContentType.DLP, URI.create("https://" + host + ".test/"))));

      assertThat(failure.reason()).contains("aaa").hasSizeLessThan(1_000);
    }
  }
}
