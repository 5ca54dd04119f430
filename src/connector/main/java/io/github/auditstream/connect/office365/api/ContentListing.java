package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.http.PageTrail;
import io.github.auditstream.connect.office365.model.ContentType;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The listing of one window, page by page, which ends also where the API's pages lead round in a
 * circle. After a failure it begins again at its first page: half a listing proves nothing. Not
 * safe for many threads.
 */
public final class ContentListing {
  private final ContentType contentType;
  private final Instant start;
  private final Instant end;
  private @Nullable URI page;
  private PageTrail trail = new PageTrail();

  /**
   * @param start inclusive
   * @param end exclusive; the limits are those of {@link ManagementApi#content}
   */
  public ContentListing(ContentType contentType, Instant start, Instant end) {
    this.contentType = contentType;
    this.start = start;
    this.end = end;
  }

  /** Asks for the page that is due, the first one to begin with. */
  public CompletableFuture<ApiOutcome<ContentPage>> ask(ManagementApi api) {
    URI following = page;
    if (following == null) {
      trail = new PageTrail();
      return api.content(contentType, start, end);
    }
    return trail.comesBackWith(following)
        ? CompletableFuture.completedFuture(inACircle())
        : api.nextPage(contentType, following);
  }

  /** It would go on for ever, look well, and take the whole quota. */
  private static ApiOutcome<ContentPage> inACircle() {
    return new ApiOutcome.Failed<>(
        ApiOutcome.Kind.MALFORMED,
        200,
        "",
        "the pages of a listing come to no end, or lead back to one that was read before"
            + " (NextPageUri). The window is listed again later",
        Optional.empty());
  }

  /**
   * A page has come.
   *
   * @return whether it was the last
   */
  public boolean arrived(ContentPage answer) {
    page = answer.nextPage().orElse(null);
    return page == null;
  }

  /** From the first page again. */
  public void restart() {
    page = null;
  }

  /** Whether the page that is due is the first. */
  public boolean isAtFirstPage() {
    return page == null;
  }
}
