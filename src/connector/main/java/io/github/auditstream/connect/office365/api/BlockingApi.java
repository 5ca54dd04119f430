package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.model.ContentBlob;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A {@link ManagementApi} for callers that wait for each answer, such as programs. Interrupting the
 * thread ends the request. Safe for many threads.
 */
public record BlockingApi(ManagementApi api) {

  /** See {@link ManagementApi#subscriptions}. */
  public ApiOutcome<List<Subscription>> subscriptions() throws InterruptedException {
    return await(api.subscriptions());
  }

  /** See {@link ContentListing#ask}. */
  public ApiOutcome<ContentPage> page(ContentListing listing) throws InterruptedException {
    return await(listing.ask(api));
  }

  /** See {@link ManagementApi#retrieve}. */
  public ApiOutcome<BlobBody> retrieve(ContentBlob blob) throws InterruptedException {
    return await(api.retrieve(blob));
  }

  /** See {@link ManagementApi#quota}. */
  public Quota quota() {
    return api.quota();
  }

  /** See {@link ManagementApi#serverClockSkew}. */
  public Duration serverClockSkew() {
    return api.serverClockSkew();
  }

  /**
   * Waits for an answer.
   *
   * @throws InterruptedException if the thread is interrupted; the request is broken off then
   */
  static <T> T await(CompletableFuture<T> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw new IllegalStateException("the request could not be sent", e.getCause());
    }
  }
}
