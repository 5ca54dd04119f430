package io.github.auditstream.connect.office365.api;

import static io.github.auditstream.connect.office365.api.ApiFixture.failed;
import static io.github.auditstream.connect.office365.api.ApiFixture.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.api.Reply.Ending;
import io.github.auditstream.connect.office365.http.BodyStream;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that come whole, packed, cut, slowly or not at all. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BodiesTest {
  private static final Duration IMPATIENT = Duration.ofSeconds(1);

  /** With so many a body is handed out; with fewer it is when the time-out has passed. */
  private static final int HANDED_OUT_BYTES = 80_000;

  private final ApiFixture fixture = new ApiFixture();
  private final ScriptedServer server = fixture.server;
  private final BlockingApi api = fixture.api;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  BodiesTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    fixture.close();
    threads.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({
    "true, gzip",
    "true, GZip",
    "true, x-gzip",
    "true, ''",
    "true, identity",
    "false, gzip",
    "false, ''"
  })
  void gunzipsWhatIsGzipWhateverTheHeaderSays(boolean gzip, String header) throws Exception {
    byte[] events = events(300_000);
    Reply reply = blob(events).header("content-encoding", header);
    server.answers(gzip ? reply.gzip() : reply, (gzip ? reply.gzip() : reply).chunked());

    assertThat(retrieved(api)).isEqualTo(events);
    assertThat(retrieved(api)).isEqualTo(events);
  }

  @Test
  void gunzipsListingsAndErrors() throws Exception {
    server.answers(
        Reply.json(200, "[" + fixture.descriptor("a") + "]").gzip(),
        Reply.error(400, "AF20022").gzip());
    assertThat(ok(fixture.list()).blobs()).hasSize(1);
    assertThat(failed(fixture.list()).code()).isEqualTo("AF20022");
  }

  @Test
  void gunzipsAllMembersOfOne() throws Exception {
    byte[] first = Reply.gzipped("[{\"Id\":1},".getBytes(UTF_8));
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(first);
    both.write(Reply.gzipped("{\"Id\":2}]".getBytes(UTF_8)));
    server.answers(
        Reply.json(200, "").body(both.toByteArray()).after(first.length, Ending.DRIPPED));
    assertThat(retrieved(api)).asString(UTF_8).isEqualTo("[{\"Id\":1},{\"Id\":2}]");
  }

  @Test
  void readsBodiesLargerThanAnyBufferByteForByte() throws Exception {
    byte[] events = events(20_000_000);
    server.answers(blob(events).chunked());
    assertThat(Arrays.equals(retrieved(api), events)).isTrue();
  }

  @Test
  void passesOnAnUnusualBlobUnchanged() throws Exception {
    for (String odd :
        List.of("", " ", "\ufeff[]", "<html>", "{\"Id\":\"not a list\"}", "[1", "null", "  [] x")) {
      server.answers(Reply.json(200, odd));
      assertThat(retrieved(api)).asString(UTF_8).isEqualTo(odd);
    }
  }

  @Test
  void passesOnALargeObjectUnchanged() throws Exception {
    byte[] object = ("{\"a\":\"" + "x".repeat(200_000) + "\"}").getBytes(UTF_8);
    server.answers(Reply.json(200, "").body(object));
    assertThat(retrieved(api)).isEqualTo(object);
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, CUT", "true, false, CUT", "false, true, CUT", "true, true, CUT",
    "false, false, RESET", "true, false, RESET", "false, true, RESET", "true, true, RESET",
  })
  void showsABlobThatIsCutAsAnIoException(boolean gzip, boolean chunked, Ending ending)
      throws Exception {
    byte[] events = events(200_000);
    Reply whole = gzip ? blob(events).gzip() : blob(events);
    Reply framed = chunked ? whole.chunked() : whole;
    server.answers(framed.after(gzip ? 15_000 : 150_000, ending));

    ApiOutcome<BlobBody> outcome = api.retrieve(fixture.blob());
    // A reset may overtake the beginning.
    if (outcome instanceof ApiOutcome.Failed<BlobBody> failure && ending == Ending.RESET) {
      assertThat(failure.kind()).isEqualTo(ApiOutcome.Kind.UNAVAILABLE);
      return;
    }
    try (BlobBody body = ok(outcome)) {
      assertThatIOException().isThrownBy(() -> body.stream().readAllBytes());
      assertThatIOException().as("again").isThrownBy(() -> body.stream().read());
    }
  }

  @Test
  void showsTruncatedGzipAsAnIoExceptionAtEveryByte() throws Exception {
    byte[] gzip = Reply.gzipped(events(600));
    for (int cut = 2; cut < gzip.length; cut++) {
      server.answers(Reply.json(200, "").body(Arrays.copyOf(gzip, cut)));
      ApiOutcome<BlobBody> outcome = api.retrieve(fixture.blob());
      if (outcome instanceof ApiOutcome.Ok<BlobBody> ok) {
        try (BlobBody body = ok.value()) {
          assertThatIOException()
              .as("first %d bytes", cut)
              .isThrownBy(() -> body.stream().readAllBytes());
        }
      } else {
        assertThat(failed(outcome).kind()).isEqualTo(ApiOutcome.Kind.UNAVAILABLE);
      }
    }
  }

  @Test
  void refusesEveryTruncatedListing() throws Exception {
    byte[] whole = ("[" + fixture.descriptor("a") + "]").getBytes(UTF_8);
    for (int cut = 0; cut < whole.length; cut++) {
      Reply shorter = Reply.json(200, "").body(Arrays.copyOf(whole, cut));
      Reply cutOff = Reply.json(200, "").body(whole).after(cut, Ending.CUT);
      server.answers(shorter, cutOff);
      ApiOutcome.Failed<ContentPage> malformed = failed(fixture.list());
      assertThat(malformed.kind()).as("first %d bytes", cut).isEqualTo(ApiOutcome.Kind.MALFORMED);
      ApiOutcome.Failed<ContentPage> broken = failed(fixture.list());
      assertThat(broken.kind())
          .as("first %d bytes of more", cut)
          .isEqualTo(ApiOutcome.Kind.UNAVAILABLE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|the answer is empty",
        "'  '|the answer is empty",
        "<html>secret</html>|a page of HTML",
        "{}|an object came in place of a list",
        "secret|the answer is not JSON",
        "[secret]|the answer is not JSON near byte",
        "[{\"a\":secret}]|the answer is not JSON near byte",
        "[{\"contentType\":\"a\"}}|the answer is not JSON near byte",
        "[] secret|the answer is not JSON near byte",
        "[][]|there is more after the answer's end",
        "[1|entry 0 of the list is not an object",
        "[{\"a\":1|the answer is cut short",
      })
  void saysWhatIsWrongWithAListing(String text, String reason) throws Exception {
    server.answers(Reply.json(200, text));
    ApiOutcome.Failed<List<Subscription>> failure = failed(api.subscriptions());
    assertThat(failure.kind()).isEqualTo(ApiOutcome.Kind.MALFORMED);
    assertThat(failure.status()).isEqualTo(200);
    assertThat(failure.reason())
        .contains(reason)
        .contains(ApiFixture.TENANT.toString())
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void refusesAListingThatIsNestedTooDeeply(String opening) throws Exception {
    server.answers(Reply.json(200, "[{\"secret\":" + opening.repeat(1_000)));

    ApiOutcome.Failed<List<Subscription>> failure = failed(api.subscriptions());

    assertThat(failure.kind()).isEqualTo(ApiOutcome.Kind.MALFORMED);
    assertThat(failure.reason())
        .contains("the answer is not JSON that can be read")
        .doesNotContain("secret");
  }

  @Test
  void skipsAByteOrderMark() throws Exception {
    server.answers(Reply.json(200, "\ufeff \r\n[" + fixture.descriptor("a") + "] \n"));
    assertThat(ok(fixture.list()).blobs()).hasSize(1);
  }

  @Test
  void doesNotReadAListingWithoutEnd() throws Exception {
    // Some kilobytes on the wire, more than the limit unpacked.
    byte[] bomb = new byte[AnswerReader.LIMIT_BYTES + 100_000];
    Arrays.fill(bomb, (byte) ' ');
    bomb[0] = '[';
    server.answers(Reply.json(200, "").body(bomb).gzip());
    ApiOutcome.Failed<ContentPage> failure = failed(fixture.list());
    assertThat(failure.kind()).isEqualTo(ApiOutcome.Kind.MALFORMED);
    assertThat(failure.reason()).contains("longer than");
  }

  @Test
  void doesNotKeepAListingOfEndlessEntries() throws Exception {
    String entries = (fixture.descriptor("a") + ",").repeat(AnswerReader.MOST_ENTRIES);
    server.answers(
        Reply.json(200, "[" + entries + fixture.descriptor("b") + "]").gzip(),
        Reply.json(200, "[" + entries.substring(0, entries.length() - 1) + "]").gzip());

    ApiOutcome.Failed<ContentPage> failure = failed(fixture.list());

    assertThat(failure.kind()).isEqualTo(ApiOutcome.Kind.MALFORMED);
    assertThat(failure.reason()).contains("longer than 20000 entries");
    assertThat(ok(fixture.list()).blobs()).hasSize(AnswerReader.MOST_ENTRIES);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void doesNotHangOnABodyThatStops(boolean gzip) throws Exception {
    Reply whole = gzip ? blob(events(90_000)).gzip() : blob(events(90_000));
    server.answers(whole.after(5_000, Ending.STALLED));
    try (BlobBody body = ok(fixture.api(IMPATIENT).retrieve(fixture.blob()))) {
      assertThatThrownBy(() -> body.stream().readAllBytes())
          .isInstanceOf(BodyStream.StalledException.class);
    }
  }

  @Test
  void doesNotHangOnABodyThatDripsForEver() throws Exception {
    server.answers(blob(events(900_000)).after(0, Ending.DRIPPED));
    try (BlobBody body = ok(fixture.api(IMPATIENT).retrieve(fixture.blob()))) {
      assertThatThrownBy(() -> body.stream().readAllBytes())
          .isInstanceOf(BodyStream.StalledException.class);
    }
  }

  @Test
  void doesNotCountTheReadersOwnPausesAsTheServers() throws Exception {
    byte[] events = events(2_000_000);
    server.answers(blob(events));
    try (BlobBody body = ok(fixture.api(Duration.ofSeconds(2)).retrieve(fixture.blob()))) {
      InputStream stream = body.stream();
      byte[] first = stream.readNBytes(100);
      Awaitility.await().pollDelay(Duration.ofMillis(2_500)).until(() -> true);
      assertThat(stream.readAllBytes().length).isEqualTo(events.length - first.length);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Ending.class,
      names = {"STALLED", "CUT", "RESET"})
  void distinguishesAMissingListingFromAMalformedOne(Ending ending) throws Exception {
    server.answers(Reply.json(200, "[" + fixture.descriptor("a") + "]").after(50, ending));
    ApiOutcome.Failed<ContentPage> failure =
        failed(
            BlockingApi.await(
                fixture
                    .api(IMPATIENT)
                    .api()
                    .content(
                        ContentType.EXCHANGE, ApiFixture.NOW.minusSeconds(9), ApiFixture.NOW)));
    assertThat(failure.kind()).isEqualTo(ApiOutcome.Kind.UNAVAILABLE);
  }

  @Test
  void doesNotHangOnAnswersWithoutHeaders() throws Exception {
    server.answers(
        request -> {
          try {
            server.closing().await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Reply.json(200, "[]");
        });
    ApiOutcome.Failed<BlobBody> failure = failed(fixture.api(IMPATIENT).retrieve(fixture.blob()));
    assertThat(failure.kind()).isEqualTo(ApiOutcome.Kind.UNAVAILABLE);
    assertThat(failure.status()).isZero();
    assertThat(failure.reason()).contains("request.timeout.ms");
  }

  @Test
  void judgesAnErrorByItsStatusWhereItsBodyBreaksOff() throws Exception {
    server.answers(
        // Stalled, not cut: a cut can overtake the headers in the client, which is then no answer.
        Reply.error(429, "AF429").after(0, Ending.STALLED),
        Reply.error(500, "AF50000").after(9, Ending.STALLED),
        Reply.error(403, "AF429").after(30, Ending.STALLED));
    assertThat(failed(fixture.api(IMPATIENT).subscriptions()).kind())
        .isEqualTo(ApiOutcome.Kind.THROTTLED);
    assertThat(failed(fixture.api(IMPATIENT).subscriptions()).kind())
        .isEqualTo(ApiOutcome.Kind.UNAVAILABLE);
    assertThat(failed(fixture.api(IMPATIENT).subscriptions()).kind())
        .isEqualTo(ApiOutcome.Kind.FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void failsAReadAtOnceWhenClosedFromAnotherThread(boolean gzip) throws Exception {
    Reply whole = gzip ? blob(events(300_000)).gzip() : blob(events(300_000));
    server.answers(whole.after(HANDED_OUT_BYTES, Ending.STALLED));
    BlobBody body = ok(api.retrieve(fixture.blob()));
    CompletableFuture<Thread> reader = new CompletableFuture<>();
    Future<byte[]> read =
        threads.submit(
            () -> {
              reader.complete(Thread.currentThread());
              return body.stream().readAllBytes();
            });
    awaitWaiting(reader.get());

    body.close();

    assertThatThrownBy(() -> read.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThatIOException().isThrownBy(() -> body.stream().read());
    body.close();
  }

  @Test
  void endsARequestWhenTheThreadIsInterrupted() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    server.answers(
        request -> {
          asked.complete(null);
          return Reply.json(200, "[").after(0, Ending.STALLED);
        });
    for (boolean blob : new boolean[] {true, false}) {
      CompletableFuture<Thread> caller = new CompletableFuture<>();
      Future<?> call =
          threads.submit(
              () -> {
                caller.complete(Thread.currentThread());
                return blob ? api.retrieve(fixture.blob()) : api.subscriptions();
              });
      asked.get();
      awaitWaiting(caller.get());
      caller.get().interrupt();
      assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void endsARequestBeforeItBeginsWhereTheThreadIsInterruptedAlready() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(api::subscriptions).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void endsAReadWhenTheThreadIsInterruptedAndKeepsTheFlag() throws Exception {
    server.answers(blob(events(300_000)).after(HANDED_OUT_BYTES, Ending.STALLED));
    CompletableFuture<Thread> reader = new CompletableFuture<>();
    Future<Boolean> flag =
        threads.submit(
            () -> {
              try (BlobBody body = ok(api.retrieve(fixture.blob()))) {
                reader.complete(Thread.currentThread());
                assertThatThrownBy(() -> body.stream().readAllBytes())
                    .isInstanceOf(InterruptedIOException.class);
                return Thread.currentThread().isInterrupted();
              }
            });
    awaitWaiting(reader.get());
    reader.get().interrupt();
    assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void usesAConnectionAgainWhateverTheAnswer() throws Exception {
    server.answers(
        Reply.json(200, "[" + fixture.descriptor("a") + "]"),
        Reply.json(200, "[" + fixture.descriptor("a") + "]").gzip().chunked(),
        Reply.error(400, "AF20022"),
        Reply.html(404),
        Reply.json(500, ""),
        Reply.error(403, "AF429").gzip(),
        Reply.json(200, "{}"));
    for (int i = 0; i < 8; i++) {
      fixture.list();
    }
    assertThat(server.requests()).hasSize(8);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void dropsTheConnectionOfABlobThatIsClosedEarly() throws Exception {
    server.answers(blob(events(5_000_000)), Reply.json(200, "[]"));
    ok(api.retrieve(fixture.blob())).close();
    ok(fixture.list());
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void servesManyThreadsAtOnce() throws Exception {
    byte[] events = events(100_000);
    server.answers(
        request ->
            request.target().contains("/audit/")
                ? blob(events).gzip()
                : Reply.json(200, "[" + fixture.descriptor("a") + "]"));
    List<Future<Integer>> futures = new ArrayList<>();
    for (int thread = 0; thread < 16; thread++) {
      futures.add(
          threads.submit(
              () -> {
                int right = 0;
                for (int i = 0; i < 20; i++) {
                  ContentBlob blob = ok(fixture.list()).blobs().get(0);
                  try (BlobBody body = ok(api.retrieve(blob))) {
                    right += Arrays.equals(body.stream().readAllBytes(), events) ? 1 : 0;
                  }
                }
                return right;
              }));
    }
    for (Future<Integer> future : futures) {
      assertThat(future.get()).isEqualTo(20);
    }
    assertThat(fixture.tokens.made()).isEqualTo(1);
  }

  private byte[] retrieved(BlockingApi from) throws IOException, InterruptedException {
    try (BlobBody body = ok(from.retrieve(fixture.blob()))) {
      return body.stream().readAllBytes();
    }
  }

  private static Reply blob(byte[] body) {
    return Reply.json(200, "").body(body);
  }

  /** About so many bytes that do not pack away to nothing. */
  private static byte[] events(int bytes) {
    Random random = new Random(7);
    StringBuilder events = new StringBuilder("[");
    while (events.length() < bytes) {
      events.append("{\"Id\":\"").append(Long.toHexString(random.nextLong())).append("\"},");
    }
    return events.append("{}]").toString().getBytes(UTF_8);
  }

  private static void awaitWaiting(Thread thread) {
    Awaitility.await("the thread waits")
        .until(
            () ->
                thread.getState() == Thread.State.WAITING
                    || thread.getState() == Thread.State.TIMED_WAITING);
  }
}
