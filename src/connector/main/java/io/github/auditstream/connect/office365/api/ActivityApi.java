package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * The Management Activity API over HTTP. An operation is one request; two, if the token is refused
 * and a fresh one is tried.
 */
public final class ActivityApi implements ManagementApi, AutoCloseable {
  /** The reference documents seconds and UTC, without a zone. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int HTTP_OK = 200;

  private final ApiSettings settings;
  private final String feed;
  private final Quota quota;
  private final ServerTime time;
  private final Wire wire;
  private final Exchange way;

  /**
   * @param settings where and how to ask
   * @param http must not follow redirects, nor have an {@link java.net.Authenticator}: with one,
   *     the JDK's client sends no {@code Authorization} header of ours (tried on 17), and would
   *     answer a server's challenge with a proxy's password
   * @param tokens of this tenant
   * @param quota of this tenant; learns from every answer
   * @param clock to compare the server's with
   * @param nanos a clock that only goes forward, such as {@link System#nanoTime}; detects a leap of
   *     the other
   * @param threads handle the answers
   */
  public ActivityApi(
      ApiSettings settings,
      HttpClient http,
      TokenSource tokens,
      Quota quota,
      Clock clock,
      LongSupplier nanos,
      ApiThreads threads,
      RequestObserver observer) {
    if (http.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException("the HTTP client must not follow redirects");
    }
    if (http.authenticator().isPresent()) {
      throw new IllegalArgumentException(
          "the HTTP client must not have an authenticator: it would keep back the bearer token");
    }
    this.settings = settings;
    this.feed = "/api/v1.0/" + settings.tenantId() + "/activity/feed";
    this.quota = quota;
    this.time = new ServerTime(clock, nanos);
    this.wire = new Wire(http, settings, threads);
    this.way =
        new OwnHostOnly(
            settings.management(),
            new Published(
                settings.publisherId(),
                new Bearer(tokens, quota, new Observed(observer, new Judged(quota, time, wire)))));
  }

  @Override
  public CompletableFuture<ApiOutcome<List<Subscription>>> subscriptions() {
    return read(
        call(Operation.SUBSCRIPTIONS, "/subscriptions/list"),
        answer ->
            AnswerReader.list(
                answer.body(),
                entry -> Descriptors.subscription(entry.get("contentType"), entry.get("status"))));
  }

  @Override
  public CompletableFuture<ApiOutcome<Subscription>> start(ContentType type) {
    return read(
        call(Operation.START, "/subscriptions/start?contentType=" + type.apiName()).about(type),
        answer ->
            answer.status() == HTTP_OK
                ? AnswerReader.object(
                    answer.body(),
                    entry -> Descriptors.subscription(type.apiName(), entry.get("status")))
                : new Subscription(type.apiName(), true));
  }

  @Override
  public CompletableFuture<ApiOutcome<ContentPage>> content(
      ContentType type, Instant start, Instant end) {
    Instant from = start.truncatedTo(ChronoUnit.SECONDS);
    Instant to = end.truncatedTo(ChronoUnit.SECONDS);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("an empty window: " + start + " to " + end);
    }
    if (Duration.between(from, to).compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException("a window over 24 h: " + start + " to " + end);
    }
    String query =
        "?contentType="
            + type.apiName()
            + "&startTime="
            + TIME.format(from)
            + "&endTime="
            + TIME.format(to);
    return page(type, call(Operation.CONTENT, "/subscriptions/content" + query));
  }

  @Override
  public CompletableFuture<ApiOutcome<ContentPage>> nextPage(ContentType type, URI nextPage) {
    return page(type, Call.of(Operation.NEXT_PAGE, nextPage, settings.tenantId()));
  }

  @Override
  public CompletableFuture<ApiOutcome<BlobBody>> retrieve(ContentBlob blob) {
    Call bare = Call.of(Operation.RETRIEVE, blob.contentUri(), settings.tenantId()).about(blob);
    return send(bare, ActivityApi::blobBody);
  }

  private static ApiOutcome<BlobBody> blobBody(Call call, Answer answer) {
    if (answer.nextPage().isPresent()) {
      answer.body().abandon();
      return call.failed(
          ApiOutcome.Kind.MALFORMED,
          answer.status(),
          "",
          "the blob is said to have a further page, which the API does not document. It was not"
              + " read, since a part would pass for the whole. Please report this.",
          Optional.empty());
    }
    return new ApiOutcome.Ok<>(new BlobBody(answer.body()));
  }

  /** Breaks off all requests and bodies that are under way; those that follow end at once. */
  @Override
  public void close() {
    wire.close();
  }

  @Override
  public Quota quota() {
    return quota;
  }

  @Override
  public Duration serverClockSkew() {
    return time.skew();
  }

  private CompletableFuture<ApiOutcome<ContentPage>> page(ContentType type, Call bare) {
    Call call = bare.about(type);
    URI root = settings.management();
    return read(
        call,
        answer -> {
          ContentPage read = ListingReader.read(answer.body(), type, root);
          return new ContentPage(read.blobs(), read.refused(), nextPage(call, answer));
        });
  }

  private Optional<URI> nextPage(Call call, Answer answer) throws MalformedAnswerException {
    Optional<String> text = answer.nextPage();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    URI next;
    try {
      next = Descriptors.ownUri(settings.management(), text.get().strip());
    } catch (MalformedAnswerException e) {
      throw new MalformedAnswerException("the NextPageUri header " + e.reason());
    }
    if (next.equals(call.uri())) {
      throw new MalformedAnswerException(
          "the NextPageUri header leads to the same page again. The window is listed again later");
    }
    return Optional.of(next);
  }

  private Call call(Operation operation, String pathAndQuery) {
    URI uri = settings.management().resolve(feed + pathAndQuery);
    return Call.of(operation, uri, settings.tenantId());
  }

  private interface Reading<T> {
    T read(Answer answer) throws IOException, MalformedAnswerException;
  }

  private <T> CompletableFuture<ApiOutcome<T>> read(Call call, Reading<T> reading) {
    return send(call, (sent, answer) -> read(sent, answer, reading));
  }

  private static <T> ApiOutcome<T> read(Call call, Answer answer, Reading<T> reading) {
    try {
      return new ApiOutcome.Ok<>(reading.read(answer));
    } catch (MalformedAnswerException e) {
      return call.failed(
          ApiOutcome.Kind.MALFORMED, answer.status(), "", e.reason() + ".", Optional.empty());
    } catch (IOException e) {
      Interruption.rethrow(e);
      return call.broken(answer.status(), e);
    } finally {
      answer.body().abandon();
    }
  }

  private <T> CompletableFuture<ApiOutcome<T>> send(
      Call bare, BiFunction<Call, Answer, ApiOutcome<T>> meaning) {
    CompletableFuture<ApiOutcome<T>> wanted = new CompletableFuture<>();
    Call call = bare.awaitedBy(wanted);
    var unused =
        way.send(call)
            .whenComplete(
                (outcome, error) -> {
                  if (error != null) {
                    wanted.completeExceptionally(error);
                  } else if (outcome instanceof ApiOutcome.Failed<Answer> failed) {
                    wanted.complete(failed.as());
                  } else if (outcome instanceof ApiOutcome.Ok<Answer> ok) {
                    complete(wanted, call, ok.value(), meaning);
                  }
                });
    return wanted;
  }

  private static <T> void complete(
      CompletableFuture<ApiOutcome<T>> wanted,
      Call call,
      Answer answer,
      BiFunction<Call, Answer, ApiOutcome<T>> meaning) {
    try {
      if (!wanted.complete(meaning.apply(call, answer))) {
        answer.body().abandon();
      }
    } catch (RuntimeException | Error e) {
      answer.body().abandon();
      wanted.completeExceptionally(e);
    }
  }
}
