package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.ApiThreads;
import io.github.auditstream.connect.office365.api.RequestObserver;
import io.github.auditstream.connect.office365.auth.AccessToken;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.http.ScriptedServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@link GraphClient} of the tenant Contoso that asks a {@link ScriptedServer}. */
final class GraphFixture implements AutoCloseable {
  static final UUID TENANT = UUID.fromString("11111111-2222-3333-4444-555555555555");
  static final Instant NOW = Instant.parse("2026-05-06T12:00:00Z");
  static final QueryRef QUERY =
      new QueryRef(GraphVersion.V1, "0a1b2c3d-0000-4000-8000-000000000001");
  static final NewQuery NEW =
      new NewQuery(
          "kafka-o365 hist 7c1e/2026-05-04/a1",
          Instant.parse("2026-05-04T00:00:00Z"),
          Instant.parse("2026-05-05T00:00:00Z"),
          List.of());

  final ScriptedServer server = new ScriptedServer();
  final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  final AtomicInteger tokensMade = new AtomicInteger();
  final UnitBudget budget = new UnitBudget(3_500, System::nanoTime);
  final ServedVersion version;
  final List<ApiOutcome<?>> observed = new CopyOnWriteArrayList<>();
  final GraphClient graph;

  GraphFixture() throws IOException {
    this(ServedVersion.auto());
  }

  GraphFixture(ServedVersion version) throws IOException {
    this(version, GraphSettings.DEFAULT_LARGEST_RECORD_BYTES);
  }

  GraphFixture(ServedVersion version, int largestRecordBytes) throws IOException {
    this.version = version;
    this.graph = client(version, largestRecordBytes, numberedTokens());
  }

  GraphClient client(TokenSource tokens) {
    return client(version, GraphSettings.DEFAULT_LARGEST_RECORD_BYTES, tokens);
  }

  private GraphClient client(ServedVersion served, int largestRecordBytes, TokenSource tokens) {
    AtomicInteger requests = new AtomicInteger();
    return new GraphClient(
        new GraphSettings(
            server.root(), TENANT, Duration.ofSeconds(60), "test/1.0", 999, largestRecordBytes),
        HttpClient.newHttpClient(),
        tokens,
        served,
        budget,
        () -> new UUID(0, requests.incrementAndGet()),
        Clock.fixed(NOW, ZoneOffset.UTC),
        System::nanoTime,
        ApiThreads.with(timer),
        observer());
  }

  private RequestObserver observer() {
    return observed::add;
  }

  /** Gives {@code token-1} until it is refused, then {@code token-2}, and so on. */
  private TokenSource numberedTokens() {
    return new TokenSource() {
      private AccessToken current = make();

      @Override
      public synchronized CompletableFuture<AccessToken> token() {
        return CompletableFuture.completedFuture(current);
      }

      @Override
      public synchronized CompletableFuture<AccessToken> instead(AccessToken refused) {
        if (current == refused) {
          current = make();
        }
        return CompletableFuture.completedFuture(current);
      }

      private AccessToken make() {
        return new AccessToken("token-" + tokensMade.incrementAndGet(), NOW.plusSeconds(3600));
      }
    };
  }

  static <T> T await(CompletableFuture<T> answer) throws Exception {
    try {
      return answer.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("no outcome", e);
    }
  }

  static <T> T ok(CompletableFuture<ApiOutcome<T>> answer) throws Exception {
    ApiOutcome<T> outcome = await(answer);
    if (outcome instanceof ApiOutcome.Ok<T> ok) {
      return ok.value();
    }
    throw new AssertionError("expected an answer, not " + outcome);
  }

  static <T> ApiOutcome.Failed<T> failed(CompletableFuture<ApiOutcome<T>> answer) throws Exception {
    ApiOutcome<T> outcome = await(answer);
    if (outcome instanceof ApiOutcome.Failed<T> failed) {
      return failed;
    }
    throw new AssertionError("expected a failure, not " + outcome);
  }

  /** All records of the first page, read to its end. */
  List<AuditLogRecord> records() throws Exception {
    try (RecordPage page = ok(graph.records(QUERY, Optional.empty()))) {
      return all(page);
    }
  }

  static List<AuditLogRecord> all(RecordPage page) throws Exception {
    List<AuditLogRecord> records = new ArrayList<>();
    for (AuditLogRecord record = page.next(); record != null; record = page.next()) {
      records.add(record);
    }
    return records;
  }

  static String json(AuditLogRecord record) {
    if (record instanceof AuditLogRecord.Event event) {
      return new String(event.json().array(), StandardCharsets.UTF_8);
    }
    throw new AssertionError("expected an event, not " + record);
  }

  @Override
  public void close() throws IOException {
    graph.close();
    server.close();
    timer.shutdownNow();
  }
}
