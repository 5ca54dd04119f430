package io.github.auditstream.connect.office365.auth;

import com.microsoft.aad.msal4j.HttpMethod;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import io.github.auditstream.connect.office365.http.BodyStream;
import io.github.auditstream.connect.office365.http.BoundedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends MSAL's requests through the connector's own client, so that they share its TLS, proxy and
 * time-outs. For one token request at a time.
 */
final class MsalHttp implements IHttpClient {
  private static final int LONGEST_ANSWER_BYTES = 1 << 20;

  private final HttpClient http;
  private final Duration timeout;
  private final ScheduledExecutorService timer;
  private final Clock clock;
  private final boolean errorsAreFinal;
  private int lastStatus;

  /**
   * @param timeout the longest wait for a whole answer
   * @param timer ends the wait for a body
   * @param errorsAreFinal whether an answer other than 200 ends the request; the sources of managed
   *     identities have challenges among theirs
   */
  MsalHttp(
      HttpClient http,
      Duration timeout,
      ScheduledExecutorService timer,
      Clock clock,
      boolean errorsAreFinal) {
    this.http = http;
    this.timeout = timeout;
    this.timer = timer;
    this.clock = clock;
    this.errorsAreFinal = errorsAreFinal;
  }

  /** The last answer's HTTP status; 0 if there was none. */
  int lastStatus() {
    return lastStatus;
  }

  @Override
  public IHttpResponse send(com.microsoft.aad.msal4j.HttpRequest wanted)
      throws IOException, InterruptedException {
    lastStatus = 0;
    HttpResponse<BodyStream> answer = exchange(asJdkRequest(wanted));
    lastStatus = answer.statusCode();
    String body = text(answer.body());
    if (errorsAreFinal && answer.statusCode() != 200) {
      throw new EntraAnswerException(answer.statusCode(), answer.headers(), body, clock);
    }
    // MSAL would quote what it cannot read in its log, token and all.
    if (errorsAreFinal) {
      body = AnswerJson.token(body);
    } else if (answer.statusCode() == 200) {
      AnswerJson.requireWellFormed(body);
    }
    com.microsoft.aad.msal4j.HttpResponse response = new com.microsoft.aad.msal4j.HttpResponse();
    response.addHeaders(answer.headers().map());
    return response.statusCode(answer.statusCode()).body(body);
  }

  private static String text(BodyStream body) throws IOException {
    try (InputStream bounded = new BoundedInputStream(body, LONGEST_ANSWER_BYTES)) {
      return new String(bounded.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private HttpResponse<BodyStream> exchange(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<BodyStream>> answer =
        http.sendAsync(request, info -> BodyStream.whole(timeout, LONGEST_ANSWER_BYTES + 1, timer));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException("no answer within " + timeout);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException("the request could not be sent", e.getCause());
    }
  }

  private static HttpRequest asJdkRequest(com.microsoft.aad.msal4j.HttpRequest wanted)
      throws IOException {
    try {
      HttpRequest.Builder request = HttpRequest.newBuilder(wanted.url().toURI());
      if (wanted.headers() != null) {
        wanted.headers().forEach(request::setHeader);
      }
      BodyPublisher body =
          wanted.httpMethod() == HttpMethod.POST && wanted.body() != null
              ? BodyPublishers.ofString(wanted.body())
              : BodyPublishers.noBody();
      return request.method(wanted.httpMethod().name(), body).build();
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new IOException("the address of the token endpoint is not valid");
    }
  }
}
