package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One tenant's Office 365 Management Activity API.
 *
 * <p>Every operation ends as a value; its future completes exceptionally only where the task stops,
 * or at a bug of our own. No thread waits for an answer. Nor is quota waited for: the caller asks
 * {@link #quota()} when to send. Nothing is tried again here. Cancelling the future ends the
 * request. {@link BlockingApi} is the same for callers that wait.
 *
 * <p>Safe for many threads. Owns no thread. The caller closes the bodies that it hands out.
 *
 * @see <a
 *     href="https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-reference">
 *     Office 365 Management Activity API reference</a>
 */
public interface ManagementApi {
  /** The longest window that a listing may ask for; the reference, "List available content". */
  Duration LONGEST_WINDOW = Duration.ofHours(24);

  /** {@code GET /subscriptions/list}: the tenant's subscriptions, of this application. */
  CompletableFuture<ApiOutcome<List<Subscription>>> subscriptions();

  /**
   * {@code POST /subscriptions/start}, without a webhook. That it is enabled already is success.
   *
   * <p>Removes a webhook that another system set up: list first, and start only what is missing or
   * disabled.
   */
  CompletableFuture<ApiOutcome<Subscription>> start(ContentType type);

  /**
   * {@code GET /subscriptions/content}: the first page of what became available in a window.
   *
   * <p>A page with one broken descriptor, or one whose address is not the management endpoint's, is
   * {@code MALFORMED} as a whole: a blob that is left out would be missed by nobody.
   *
   * @param start inclusive; cut to the second
   * @param end exclusive; cut to the second, so that windows that adjoin leave no gap
   * @throws IllegalArgumentException if the window is empty or longer than {@link #LONGEST_WINDOW},
   *     which the API may answer with part of the content
   */
  CompletableFuture<ApiOutcome<ContentPage>> content(ContentType type, Instant start, Instant end);

  /**
   * A further page. Its address lives shortly: after {@code BAD_REQUEST} with code {@code AF20031}
   * list the window again from its first page.
   */
  CompletableFuture<ApiOutcome<ContentPage>> nextPage(ContentType type, URI nextPage);

  /**
   * {@code GET contentUri}: the blob's events, while they arrive. The caller closes the body, of
   * which the first 64 KiB are there then, or all.
   *
   * <p>An error object with status 200 is a failure here. Whatever else came is handed on as it is:
   * whether it is a whole list of events is for its reader to say.
   */
  CompletableFuture<ApiOutcome<BlobBody>> retrieve(ContentBlob blob);

  /** Says when to send the next request. */
  Quota quota();

  /**
   * Server time minus local time, to a second or so, by the last answer's {@code Date}; zero before
   * the first.
   */
  Duration serverClockSkew();
}
