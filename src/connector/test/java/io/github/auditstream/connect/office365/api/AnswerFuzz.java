package io.github.auditstream.connect.office365.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as an answer of the API. The first line is the status, the lines up to an empty one are
 * headers, and what follows is the body.
 */
class AnswerFuzz {
  private static final URI ROOT = URI.create("https://manage.office.com");
  private static final UUID ID = ApiFixture.TENANT;
  private static final ApiOutcome.Ok<Answer> PASSED =
      new ApiOutcome.Ok<>(
          new Answer(
              200,
              HttpHeaders.of(Map.of(), (name, value) -> true),
              new Body(new ByteArrayInputStream(new byte[0]))));

  static Stream<byte[]> seeds() {
    String blob =
        """
        {"contentType":"Audit.Exchange","contentId":"a$b","contentUri":\
        "https://manage.office.com/api/v1.0/x/activity/feed/audit/a$b",\
        "contentCreated":"2026-08-07T11:00:00.123Z","contentExpiration":"2026-08-14T11:00:00Z"}""";
    return Stream.of(
            "200\nNextPageUri: https://manage.office.com/api/v1/x?nextPage=7\n\n[" + blob + "]",
            "200\nDate: Fri, 07 Aug 2026 12:00:00 GMT\n\n"
                + "[{\"contentType\":\"DLP.All\",\"status\":\"enabled\",\"webhook\":null}]",
            "403\nRetry-After: 30\nrequest-id: abc\n\n"
                + "{\"error\":{\"code\":\"AF429\",\"message\":\"Too many requests. Method=x\"}}",
            "400\n\n{\"Message\":\"AF20031: x\"}",
            "500\n\n<html>no</html>",
            "200\n\n[{\"x\":" + "[".repeat(100),
            "200\n\n[{\"contentUri\":\"https://manage.office.com@evil.test/\",\"contentId\":\"1\"}]")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @DictionaryEntries({
    "\"contentUri\":\"https://manage.office.com",
    "\"contentUri\":\"//evil.test/\"",
    "https://manage.office.com:443/",
    "https://manage.office.com:/",
    "https://manage.office.com@evil.test/",
    "https://manage.office.com.evil.test/",
    "https://manage.office.com\\\\@evil.test/",
    "https://manage.office.com%40evil.test/",
    "HTTPS://MANAGE.OFFICE.COM./",
    "NextPageUri: ",
    "Retry-After: Fri, 07 Aug 2026 12:00:00 GMT",
    "{\"error\":{\"code\":\"AF",
    "DataServiceException",
    "\"contentCreated\":\"2026-08-07T11:00:00\""
  })
  @FuzzTest(maxDuration = "20s")
  void isReadOrRefusedAndNamesNoOtherHost(byte[] answer) throws Exception {
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\n\n");
    String head = end < 0 ? "" : text.substring(0, end);
    byte[] body = end < 0 ? answer : Arrays.copyOfRange(answer, end + 2, answer.length);
    Map<String, List<String>> headers = headers(head);
    int status = status(head);

    judge(status, headers, body);
    readList(body);
    for (String next : headers.getOrDefault("nextpageuri", List.of())) {
      readAddress(next.strip());
    }
    readAddress(new String(body, StandardCharsets.UTF_8));
  }

  private static int status(String head) {
    String first = head.split("\n", 2)[0];
    return first.matches("[1-9]\\d{2}") ? Integer.parseInt(first) : 200;
  }

  private static Map<String, List<String>> headers(String head) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String line : head.split("\n", -1)) {
      String[] parts = line.split(":", 2);
      if (parts.length == 2 && parts[0].matches("[A-Za-z0-9-]+")) {
        headers.put(parts[0].toLowerCase(Locale.ROOT), List.of(parts[1].strip()));
      }
    }
    return headers;
  }

  private static Body stream(byte[] body) {
    return new Body(new ByteArrayInputStream(body));
  }

  /** The whole way of an answer. */
  private static void judge(int status, Map<String, List<String>> headers, byte[] body)
      throws InterruptedException {
    Answer answer =
        new Answer(status, HttpHeaders.of(headers, (name, value) -> true), stream(body));
    Judged judged =
        new Judged(
            new Quota(100, System::nanoTime),
            new ServerTime(Clock.fixed(ApiFixture.NOW, ZoneOffset.UTC), System::nanoTime),
            call -> CompletableFuture.completedFuture(new ApiOutcome.Ok<>(answer)));
    for (Operation operation : List.of(Operation.CONTENT, Operation.START, Operation.RETRIEVE)) {
      if (judged.send(Call.of(operation, ROOT, ID)).join()
          instanceof ApiOutcome.Failed<Answer> failed) {
        assertClean(failed);
      }
    }
  }

  private static void assertClean(ApiOutcome.Failed<?> failed) {
    assertThat(failed.reason()).as("one line, and no more than we say").matches("[ -~]{1,1500}");
    assertThat(failed.code()).matches("(AF\\d{3,5}|429|DataServiceException)?");
    failed.serverAsks().ifPresent(wait -> assertThat(wait.toSeconds()).isBetween(0L, 3600L));
  }

  private static void readList(byte[] body) throws InterruptedException {
    try {
      for (ContentBlob blob :
          AnswerReader.list(
              stream(body), entry -> Descriptors.blob(ContentType.EXCHANGE, ROOT, entry))) {
        assertOwn(blob.contentUri());
      }
    } catch (MalformedAnswerException e) {
      assertThat(e.reason()).matches("[ -~]{1,1000}");
    } catch (IOException e) {
      assertThat(e).isInstanceOf(IOException.class);
    }
    try {
      AnswerReader.list(
          stream(body),
          entry -> Descriptors.subscription(entry.get("contentType"), entry.get("status")));
      AnswerReader.object(
          stream(body), entry -> Descriptors.subscription("x", entry.get("status")));
    } catch (MalformedAnswerException e) {
      assertThat(e.reason()).matches("[ -~]{1,1000}");
    } catch (IOException e) {
      assertThat(e).isInstanceOf(IOException.class);
    }
  }

  private static void readAddress(String text) throws InterruptedException {
    URI accepted;
    try {
      accepted = Descriptors.ownUri(ROOT, text);
    } catch (MalformedAnswerException e) {
      assertThat(e.reason()).matches("[ -~]{1,1000}");
      return;
    }
    assertOwn(accepted);
  }

  /**
   * By the text of what is sent in the end, not by how the connector takes it apart. A port may be
   * written empty or with zeros in front (RFC 3986, 3.2.3): it is the same port.
   */
  private static void assertOwn(URI accepted) throws InterruptedException {
    AtomicReference<URI> sent = new AtomicReference<>();
    Exchange way =
        new OwnHostOnly(
            ROOT,
            new Published(
                ID,
                call -> {
                  sent.set(call.uri());
                  return CompletableFuture.completedFuture(PASSED);
                }));
    assertThat(way.send(Call.of(Operation.NEXT_PAGE, accepted, ID)).join()).isEqualTo(PASSED);
    assertThat(sent.get().toString())
        .matches("(?i)https://manage\\.office\\.com(:|:0*443)?([/?#][^ ]*)?");
    assertThat(HttpRequest.newBuilder(sent.get()).build().uri().getHost())
        .isEqualToIgnoringCase("manage.office.com");
  }
}
