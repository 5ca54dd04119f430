package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.BlobBody;
import io.github.auditstream.connect.office365.api.ContentPage;
import io.github.auditstream.connect.office365.api.ManagementApi;
import io.github.auditstream.connect.office365.api.Quota;
import io.github.auditstream.connect.office365.api.Subscription;
import io.github.auditstream.connect.office365.feed.ModelServer.Operation;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The API as one run of the connector sees it: in memory, in virtual time. A request takes a while,
 * in which everything else goes on.
 */
final class ModelApi implements ManagementApi {
  /** Is notified of each request. */
  interface Observer {
    void asked(ContentType type, Instant start, Instant end);

    void retrieved(ModelBlob blob);

    /** A request is sent, of whatever kind. */
    default void sent() {}

    /** The client did what no client may do. */
    void breach(String what);
  }

  private final ModelServer server;
  private final VirtualTime time;
  private final ModelWorld world;
  private final Random chance;
  private final Observer observer;
  private final Quota quota;
  private Duration seenSkew = Duration.ZERO;
  private boolean runHasEnded;

  ModelApi(
      ModelServer server, VirtualTime time, ModelWorld world, Random chance, Observer observer) {
    this.server = server;
    this.time = time;
    this.world = world;
    this.chance = chance;
    this.observer = observer;
    this.quota = new Quota(world.requestsPerMinute(), time::nanos);
  }

  /** The run was killed: what is still on its way to it is dropped. */
  void endRun() {
    runHasEnded = true;
  }

  @Override
  public CompletableFuture<ApiOutcome<List<Subscription>>> subscriptions() {
    return answer(
        Operation.SUBSCRIPTIONS,
        () ->
            new ApiOutcome.Ok<>(
                server.subscriptions().stream()
                    .map(type -> new Subscription(type.apiName(), true))
                    .toList()));
  }

  @Override
  public CompletableFuture<ApiOutcome<Subscription>> start(ContentType type) {
    return answer(
        Operation.START,
        () -> {
          server.subscribe(type);
          return new ApiOutcome.Ok<>(new Subscription(type.apiName(), true));
        });
  }

  @Override
  public CompletableFuture<ApiOutcome<ContentPage>> content(
      ContentType type, Instant start, Instant end) {
    if (!start.isBefore(end)
        || Duration.between(start, end).compareTo(LONGEST_WINDOW) > 0
        || !start.truncatedTo(ChronoUnit.SECONDS).equals(start)
        || !end.truncatedTo(ChronoUnit.SECONDS).equals(end)) {
      observer.breach("a listing from " + start + " to " + end);
    }
    observer.asked(type, start, end);
    return answer(
        Operation.LIST,
        () -> {
          if (!server.subscriptions().contains(type)) {
            return ModelFault.NOT_SUBSCRIBED.failure();
          }
          if (start.isBefore(server.now().minus(Duration.ofDays(7)))) {
            return ModelFault.WINDOW_REFUSED.failure();
          }
          return page(server.list(type, start, end));
        });
  }

  @Override
  public CompletableFuture<ApiOutcome<ContentPage>> nextPage(ContentType type, URI nextPage) {
    return answer(
        Operation.NEXT_PAGE,
        () ->
            server.subscriptions().contains(type)
                ? server
                    .laterPage(nextPage.getSchemeSpecificPart())
                    .map(this::page)
                    .orElseGet(ModelFault.PAGE_EXPIRED::failure)
                : ModelFault.NOT_SUBSCRIBED.failure());
  }

  private ApiOutcome<ContentPage> page(List<ModelBlob> rest) {
    int size = Math.min(world.pageSize(), rest.size());
    List<ModelBlob> onPage = rest.subList(0, size);
    if (!runHasEnded) {
      onPage.forEach(ModelBlob::listed);
    }
    List<ContentBlob> listed = onPage.stream().map(ModelBlob::descriptor).toList();
    // A page can be empty and still have a next one; a last page can be empty, too.
    boolean more = size < rest.size() || (size > 0 && chance.nextInt(20) == 0);
    return new ApiOutcome.Ok<>(
        new ContentPage(
            listed,
            more
                ? Optional.of(
                    URI.create("model:" + server.keepForLater(rest.subList(size, rest.size()))))
                : Optional.empty()));
  }

  @Override
  public CompletableFuture<ApiOutcome<BlobBody>> retrieve(ContentBlob descriptor) {
    ModelBlob blob = server.blob(descriptor.contentId());
    if (!blob.descriptor().equals(descriptor)) {
      observer.breach("a retrieval of " + descriptor + " where " + blob + " was listed");
    }
    observer.retrieved(blob);
    return answer(Operation.RETRIEVE, () -> body(blob));
  }

  private ApiOutcome<BlobBody> body(ModelBlob blob) {
    if (!server.subscriptions().contains(blob.descriptor().contentType())) {
      return ModelFault.NOT_SUBSCRIBED.failure();
    }
    if (!server.isKept(blob)) {
      return ModelFault.EXPIRED.failure();
    }
    Optional<ModelFault> fault = blob.retrieve();
    if (fault.isPresent() && !fault.get().isInBody()) {
      return failure(fault.get());
    }
    InputStream body = new ByteArrayInputStream(blob.body(fault.isEmpty()));
    return new ApiOutcome.Ok<>(
        new BlobBody(
            fault.equals(Optional.of(ModelFault.CUT_OFF))
                ? new SequenceInputStream(body, new Broken())
                : body));
  }

  /** A connection that is no more. */
  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the connection is gone");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      throw new IOException("the connection is gone");
    }
  }

  private <T> CompletableFuture<ApiOutcome<T>> answer(
      Operation operation, Supplier<ApiOutcome<T>> regular) {
    observer.sent();
    CompletableFuture<ApiOutcome<T>> answer = new CompletableFuture<>();
    onTheWay(
        () -> {
          ApiOutcome<T> outcome =
              server
                  .fault(operation)
                  .map(this::<T>failure)
                  .orElseGet(() -> observed(regular.get()));
          onTheWay(() -> answer.complete(outcome));
        });
    return answer;
  }

  private <T> ApiOutcome<T> failure(ModelFault fault) {
    if (fault.serverAsks().isPresent() || fault == ModelFault.THROTTLED) {
      quota.throttled(fault.serverAsks());
    }
    if (fault != ModelFault.UNAVAILABLE) {
      seenSkew = world.skew();
    }
    return fault.failure();
  }

  private <T> ApiOutcome<T> observed(ApiOutcome<T> outcome) {
    seenSkew = world.skew();
    if (outcome instanceof ApiOutcome.Ok<T>) {
      quota.succeeded();
    }
    return outcome;
  }

  private void onTheWay(Runnable arrived) {
    int longest = (int) world.latency().toMillis();
    if (longest > 0) {
      time.in(Duration.ofMillis(chance.nextInt(longest + 1)), arrived);
    } else {
      arrived.run();
    }
  }

  @Override
  public Quota quota() {
    return quota;
  }

  @Override
  public Duration serverClockSkew() {
    return seenSkew;
  }
}
