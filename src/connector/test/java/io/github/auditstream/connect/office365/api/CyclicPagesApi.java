package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Three pages, of which the last leads to the first. */
public final class CyclicPagesApi implements ManagementApi {
  private static final int PAGES = 3;

  private final Quota quota = new Quota(1_000_000, System::nanoTime);
  private final AtomicLong requests = new AtomicLong();

  /** How many pages were asked for. */
  public long requests() {
    return requests.get();
  }

  private ApiOutcome<ContentPage> before(int next) {
    requests.incrementAndGet();
    URI address = URI.create("https://manage.office.com/?page=" + next % PAGES);
    return new ApiOutcome.Ok<>(new ContentPage(List.of(), Optional.of(address)));
  }

  @Override
  public CompletableFuture<ApiOutcome<ContentPage>> content(
      ContentType type, Instant start, Instant end) {
    return CompletableFuture.completedFuture(before(1));
  }

  @Override
  public CompletableFuture<ApiOutcome<ContentPage>> nextPage(ContentType type, URI nextPage) {
    return CompletableFuture.completedFuture(
        before(Integer.parseInt(nextPage.getQuery().substring("page=".length())) + 1));
  }

  @Override
  public CompletableFuture<ApiOutcome<List<Subscription>>> subscriptions() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<ApiOutcome<Subscription>> start(ContentType type) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<ApiOutcome<BlobBody>> retrieve(ContentBlob blob) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Quota quota() {
    return quota;
  }

  @Override
  public Duration serverClockSkew() {
    return Duration.ZERO;
  }
}
