package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.ApiThreads;
import io.github.auditstream.connect.office365.api.MalformedAnswerException;
import io.github.auditstream.connect.office365.api.RequestObserver;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.http.Answer;
import io.github.auditstream.connect.office365.http.HttpSender;
import io.github.auditstream.connect.office365.http.Interruption;
import io.github.auditstream.connect.office365.http.OwnHost;
import io.github.auditstream.connect.office365.http.ServerTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** {@link AuditLogQueries} over HTTP. */
public final class GraphClient implements AuditLogQueries, AutoCloseable {
  private static final String QUERIES = "/security/auditLog/queries";
  private static final int NOT_FOUND = 404;

  private final GraphSettings settings;
  private final ServedVersion version;
  private final UnitBudget budget;
  private final ServerTime time;
  private final HttpSender sender;
  private final OwnHost host;
  private final GraphExchange way;

  /**
   * @param settings where and how to ask
   * @param http must not follow redirects, nor have an {@link java.net.Authenticator}; see {@link
   *     HttpSender}
   * @param tokens of this tenant, for {@link
   *     io.github.auditstream.connect.office365.auth.Audience#graph}
   * @param version which version the tenant is asked in; learns
   * @param budget of this tenant; learns from every answer
   * @param requestIds makes a {@code client-request-id} for each request, such as {@link
   *     UUID#randomUUID}
   * @param clock to compare the server's with
   * @param nanos a clock that only goes forward, such as {@link System#nanoTime}
   * @param threads handle the answers
   */
  public GraphClient(
      GraphSettings settings,
      HttpClient http,
      TokenSource tokens,
      ServedVersion version,
      UnitBudget budget,
      Supplier<UUID> requestIds,
      Clock clock,
      LongSupplier nanos,
      ApiThreads threads,
      RequestObserver observer) {
    this.settings = settings;
    this.version = version;
    this.budget = budget;
    this.time = new ServerTime(clock, nanos);
    this.sender = new HttpSender(http, settings.requestTimeout(), threads.timer());
    this.host = GraphHostOnly.host(settings.root());
    this.way =
        new GraphHostOnly(
            host,
            new GraphBearer(
                tokens,
                budget,
                requestIds,
                new GraphObserved(
                    observer,
                    new GraphJudged(budget, time, new GraphWire(sender, settings, threads)))));
  }

  @Override
  public CompletableFuture<ApiOutcome<AuditQuery>> create(NewQuery query) {
    String json = query.json();
    return inServedVersion(
        served ->
            read(
                call(GraphOperation.CREATE, served, "").sending(json),
                answer -> QueryReader.query(answer.body(), served)));
  }

  @Override
  public CompletableFuture<ApiOutcome<QueryPage>> list() {
    return inServedVersion(served -> page(served, call(GraphOperation.LIST, served, "")));
  }

  @Override
  public CompletableFuture<ApiOutcome<QueryPage>> nextList(GraphVersion served, URI nextPage) {
    return page(served, GraphCall.of(GraphOperation.LIST, nextPage, settings.tenantId()));
  }

  @Override
  public CompletableFuture<ApiOutcome<AuditQuery>> status(QueryRef query) {
    return read(
        call(GraphOperation.STATUS, query.version(), "/" + query.id()).about(query),
        answer -> QueryReader.query(answer.body(), query.version()));
  }

  @Override
  public CompletableFuture<ApiOutcome<RecordPage>> records(QueryRef query, Optional<URI> nextPage) {
    GraphCall call =
        nextPage
            .map(page -> GraphCall.of(GraphOperation.RECORDS, page, settings.tenantId()))
            .orElseGet(
                () ->
                    call(
                        GraphOperation.RECORDS,
                        query.version(),
                        "/" + query.id() + "/records?$top=" + settings.pageSize()))
            .about(query);
    return send(
        call,
        (sent, answer) ->
            new ApiOutcome.Ok<>(
                new RecordPage(answer.body(), sent, host, settings.largestRecordBytes())));
  }

  @Override
  public CompletableFuture<ApiOutcome<QueryRef>> delete(QueryRef query) {
    return read(
        call(GraphOperation.DELETE, GraphVersion.BETA, "/" + query.id()).about(query),
        answer -> query);
  }

  /** Breaks off all requests and bodies that are under way; those that follow end at once. */
  @Override
  public void close() {
    sender.close();
  }

  @Override
  public UnitBudget budget() {
    return budget;
  }

  @Override
  public Duration serverClockSkew() {
    return time.skew();
  }

  /** Not found on v1.0 was not done there: it can be done on beta without being done twice. */
  private <T> CompletableFuture<ApiOutcome<T>> inServedVersion(
      Function<GraphVersion, CompletableFuture<ApiOutcome<T>>> asking) {
    GraphVersion first = version.current();
    CompletableFuture<ApiOutcome<T>> wanted = new CompletableFuture<>();
    CompletableFuture<ApiOutcome<T>> asked = asking.apply(first);
    CompletableFuture<ApiOutcome<T>> answered =
        asked.thenCompose(
            outcome -> {
              if (!isNotFound(outcome) || !version.fallsBackFrom(first) || wanted.isDone()) {
                return CompletableFuture.completedFuture(outcome);
              }
              // Sent without waiting, since only callers wait; those that come after pay for it.
              budget.reserve();
              CompletableFuture<ApiOutcome<T>> again = asking.apply(GraphVersion.BETA);
              breakOffWith(wanted, again);
              return again.thenApply(this::remembered);
            });
    breakOffWith(wanted, asked);
    var unused =
        answered.whenComplete(
            (outcome, error) -> {
              if (error == null) {
                wanted.complete(outcome);
              } else {
                wanted.completeExceptionally(error);
              }
            });
    return wanted;
  }

  private <T> ApiOutcome<T> remembered(ApiOutcome<T> outcome) {
    if (outcome instanceof ApiOutcome.Ok<T>) {
      version.remember(GraphVersion.BETA);
    }
    return outcome;
  }

  private static boolean isNotFound(ApiOutcome<?> outcome) {
    return outcome instanceof ApiOutcome.Failed<?> failed && failed.status() == NOT_FOUND;
  }

  private static void breakOffWith(CompletableFuture<?> wanted, CompletableFuture<?> request) {
    var unused =
        wanted.whenComplete(
            (outcome, error) -> {
              if (wanted.isCancelled()) {
                request.cancel(true);
              }
            });
  }

  private CompletableFuture<ApiOutcome<QueryPage>> page(GraphVersion served, GraphCall call) {
    return read(
        call,
        answer -> {
          QueryReader.Page page = QueryReader.page(answer.body(), served);
          return new QueryPage(served, page.queries(), NextLink.of(page.nextLink(), call, host));
        });
  }

  private GraphCall call(GraphOperation operation, GraphVersion served, String rest) {
    URI uri = settings.root().resolve("/" + served.path() + QUERIES + rest);
    return GraphCall.of(operation, uri, settings.tenantId());
  }

  private interface Reading<T> {
    T read(Answer answer) throws IOException, MalformedAnswerException;
  }

  private <T> CompletableFuture<ApiOutcome<T>> read(GraphCall call, Reading<T> reading) {
    return send(call, (sent, answer) -> read(sent, answer, reading));
  }

  private static <T> ApiOutcome<T> read(GraphCall call, Answer answer, Reading<T> reading) {
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
      GraphCall bare, BiFunction<GraphCall, Answer, ApiOutcome<T>> meaning) {
    CompletableFuture<ApiOutcome<T>> wanted = new CompletableFuture<>();
    GraphCall call = bare.awaitedBy(wanted);
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
      GraphCall call,
      Answer answer,
      BiFunction<GraphCall, Answer, ApiOutcome<T>> meaning) {
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
