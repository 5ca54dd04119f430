package io.github.auditstream.connect.office365.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests that carry a bearer token. Every answer is an answer here, whatever its status. No
 * thread waits for it. Safe for many threads.
 */
public final class HttpSender implements AutoCloseable {
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

  /** What is held of a streamed body ahead of its reader; most are no longer, packed. */
  private static final int HELD_BYTES = 64 * 1024;

  /** The same of any other body: far more than a page has. */
  private static final int HELD_OF_WHOLE_BYTES = 1024 * 1024;

  private final HttpClient http;
  private final Duration requestTimeout;
  private final ScheduledExecutorService timer;
  private final UnderWay underWay = new UnderWay();

  /** When an answer is handed out. */
  public enum Arrival {
    /** While its body arrives. */
    STREAMED,
    /** Once its body is there as a whole. */
    WHOLE
  }

  /**
   * @param http must not follow redirects, nor have an {@link java.net.Authenticator}: with one,
   *     the JDK's client sends no {@code Authorization} header of ours (tried on 17), and would
   *     answer a server's challenge with a proxy's password
   * @param requestTimeout the longest wait for the next bytes of a body
   * @param timer ends that wait; never does the work itself
   */
  public HttpSender(HttpClient http, Duration requestTimeout, ScheduledExecutorService timer) {
    if (http.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException("the HTTP client must not follow redirects");
    }
    if (http.authenticator().isPresent()) {
      throw new IllegalArgumentException(
          "the HTTP client must not have an authenticator: it would keep back the bearer token");
    }
    this.http = http;
    this.requestTimeout = requestTimeout;
    this.timer = timer;
  }

  /**
   * Sends a request.
   *
   * @param reader handles the answer
   * @param caller what waits for the outcome: when it is cancelled, the request is broken off
   * @return completes exceptionally where no answer came
   */
  public CompletableFuture<Answer> send(
      HttpRequest request, Arrival arrival, Executor reader, CompletableFuture<?> caller) {
    AtomicReference<@Nullable Begun> begun = new AtomicReference<>();
    CompletableFuture<Boolean> come = new CompletableFuture<>();
    CompletableFuture<HttpResponse<BodyStream>> response =
        http.sendAsync(
            request,
            info -> {
              Begun answer = new Begun(info, body(arrival));
              begun.set(answer);
              if (!answer.isProxys()) {
                // The client's own future passes through the JVM's common pool, which others may
                // keep busy.
                answer.body().whenHandedOut(() -> come.complete(true));
              }
              return answer.body();
            });
    Runnable cancel = () -> response.cancel(true);
    underWay.add(cancel);
    var unusedEnd =
        response.whenComplete(
            (answer, error) -> {
              underWay.remove(cancel);
              if (error == null) {
                come.complete(true);
              } else {
                come.completeExceptionally(error);
              }
            });
    var unusedCancel =
        caller.whenComplete(
            (outcome, error) -> {
              if (caller.isCancelled()) {
                response.cancel(true);
              }
            });
    return come.handleAsync((there, error) -> answer(begun.get(), error), reader);
  }

  /** An answer whose headers have come. */
  private record Begun(HttpResponse.ResponseInfo info, BodyStream body) {
    boolean isProxys() {
      return info.statusCode() == PROXY_AUTHENTICATION_REQUIRED;
    }

    Answer answer() {
      return new Answer(info.statusCode(), info.headers(), new Body(body));
    }
  }

  /**
   * An answer that broke behind its headers is still one, up to there: the client reports the break
   * sometimes to the body, and sometimes in place of the answer. A proxy's refusal is none.
   */
  private static Answer answer(@Nullable Begun begun, @Nullable Throwable error) {
    if (error == null) {
      return Objects.requireNonNull(begun).answer();
    }
    if (begun == null || begun.isProxys()) {
      throw new CompletionException(Causes.of(error));
    }
    begun.body().onError(error);
    return begun.answer();
  }

  /** Breaks off all requests and bodies that are under way. */
  @Override
  public void close() {
    underWay.close();
  }

  private BodyStream body(Arrival arrival) {
    BodyStream body =
        arrival == Arrival.STREAMED
            ? BodyStream.streamed(requestTimeout, HELD_BYTES, timer)
            : BodyStream.whole(requestTimeout, HELD_OF_WHOLE_BYTES, timer);
    Runnable close = body::close;
    underWay.add(close);
    body.whenEnded(() -> underWay.remove(close));
    return body;
  }
}
