package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.config.ContentType;
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
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The Management Activity API over HTTP. An operation is one request; two, if the token is refused
 * and a fresh one is tried.
 */
public final class ActivityApi implements ManagementApi {
  /** The reference documents seconds and UTC, without a zone. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int HTTP_OK = 200;

  private final ApiSettings settings;
  private final String feed;
  private final Quota quota;
  private final ServerTime time;
  private final Exchange way;

  /**
   * @param settings where and how to ask
   * @param http must not follow redirects, nor have an {@link java.net.Authenticator}: with one,
   *     the JDK's client sends no {@code Authorization} header of ours (tried on 17), and would
   *     answer a server's challenge with a proxy's password
   * @param tokens of this tenant
   * @param quota of this tenant; learns from every answer
   * @param clock to compare the server's with
   */
  public ActivityApi(
      ApiSettings settings, HttpClient http, TokenSource tokens, Quota quota, Clock clock) {
    this(settings, http, tokens, quota, clock, System::nanoTime, RequestObserver.NOBODY);
  }

  /**
   * The same, observed.
   *
   * @param nanos a clock that only goes forward, such as {@link System#nanoTime}; tells a leap of
   *     the other
   */
  public ActivityApi(
      ApiSettings settings,
      HttpClient http,
      TokenSource tokens,
      Quota quota,
      Clock clock,
      LongSupplier nanos,
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
    this.way =
        new OwnHostOnly(
            settings.management(),
            new Published(
                settings.publisherId(),
                new Bearer(
                    tokens,
                    quota,
                    new Observed(observer, new Judged(quota, time, new Wire(http, settings))))));
  }

  @Override
  public ApiOutcome<List<Subscription>> subscriptions() throws InterruptedException {
    return read(
        call(Operation.SUBSCRIPTIONS, "/subscriptions/list"),
        answer ->
            AnswerReader.list(
                answer.body(),
                entry -> Descriptors.subscription(entry.get("contentType"), entry.get("status"))));
  }

  @Override
  public ApiOutcome<Subscription> start(ContentType type) throws InterruptedException {
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
  public ApiOutcome<ContentPage> content(ContentType type, Instant start, Instant end)
      throws InterruptedException {
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
  public ApiOutcome<ContentPage> nextPage(ContentType type, URI nextPage)
      throws InterruptedException {
    return page(type, Call.of(Operation.NEXT_PAGE, nextPage, settings.tenantId()));
  }

  @Override
  public ApiOutcome<BlobBody> retrieve(ContentBlob blob) throws InterruptedException {
    Call call = Call.of(Operation.RETRIEVE, blob.contentUri(), settings.tenantId()).about(blob);
    ApiOutcome<Answer> outcome = way.send(call);
    if (outcome instanceof ApiOutcome.Ok<Answer> ok) {
      Answer answer = ok.value();
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
    return ((ApiOutcome.Failed<Answer>) outcome).as();
  }

  /**
   * {@code GET /resources/dlpSensitiveTypes}: readable names. Entries without an id are left out;
   * the reference's own sample has one.
   *
   * @param language one language tag, such as {@code de-DE}; empty for the API's default
   */
  public ApiOutcome<List<SensitiveType>> dlpSensitiveTypes(Optional<String> language)
      throws InterruptedException {
    return read(
        call(Operation.SENSITIVE_TYPES, "/resources/dlpSensitiveTypes").in(language),
        answer ->
            AnswerReader.list(answer.body(), ActivityApi::sensitiveType).stream()
                .flatMap(Optional::stream)
                .toList());
  }

  @Override
  public Quota quota() {
    return quota;
  }

  @Override
  public Duration serverClockSkew() {
    return time.skew();
  }

  private ApiOutcome<ContentPage> page(ContentType type, Call bare) throws InterruptedException {
    Call call = bare.about(type);
    URI root = settings.management();
    return read(
        call,
        answer -> {
          ListingReader.Entries read = ListingReader.read(answer.body(), type, root);
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

  private static Optional<SensitiveType> sensitiveType(Map<String, String> entry) {
    return Optional.ofNullable(entry.get("id"))
        .map(id -> new SensitiveType(id, entry.getOrDefault("name", "")));
  }

  private Call call(Operation operation, String pathAndQuery) {
    URI uri = settings.management().resolve(feed + pathAndQuery);
    return Call.of(operation, uri, settings.tenantId());
  }

  private interface AnswerOf<T> {
    T read(Answer answer) throws IOException, MalformedAnswerException;
  }

  private <T> ApiOutcome<T> read(Call call, AnswerOf<T> reader) throws InterruptedException {
    ApiOutcome<Answer> outcome = way.send(call);
    if (outcome instanceof ApiOutcome.Failed<Answer> failed) {
      return failed.as();
    }
    Answer answer = ((ApiOutcome.Ok<Answer>) outcome).value();
    try {
      return new ApiOutcome.Ok<>(reader.read(answer));
    } catch (MalformedAnswerException e) {
      return call.failed(
          ApiOutcome.Kind.MALFORMED, answer.status(), "", e.reason() + ".", Optional.empty());
    } catch (IOException e) {
      Interruption.rethrow(e);
      return call.broken(answer, e);
    } finally {
      answer.body().abandon();
    }
  }
}
