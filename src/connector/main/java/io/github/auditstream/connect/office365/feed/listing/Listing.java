package io.github.auditstream.connect.office365.feed.listing;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.ContentListing;
import io.github.auditstream.connect.office365.api.ContentPage;
import io.github.auditstream.connect.office365.api.ManagementApi;
import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lists one part of a feed's content, window by window and page by page, and no faster than the
 * feed can take it in. Not safe for many threads.
 *
 * <p>A window that brings more than there is room for is given up, and a shorter one is listed from
 * the same place once there is room: a page's address lives too shortly to be kept, and blobs from
 * all over a long window would fill the offset. What was taken in before is known and takes no
 * room, so that each time more is behind it. Only the shortest window waits for its next page; it
 * is listed again from its first one if that is gone by then.
 */
final class Listing {
  private static final String BAD_PAGE_TOKEN = "AF20031";

  /** Which windows there are to list. */
  interface Part {
    /**
     * Whether so many blobs can be taken in.
     *
     * @param blobs that a window is to bring; zero to go on with one
     */
    boolean hasRoom(int blobs);

    /**
     * The window that is listed next.
     *
     * @param longest how long it is to be at most
     * @param now the server's time
     * @return empty if there is nothing to list now
     */
    Optional<ListingWindow> next(Duration longest, Instant now);

    /** A window has been listed to its end, and all that it brought has been taken in. */
    void listed(ListingWindow window);
  }

  /** What a listing can do now. */
  enum Ready {
    YES,
    /** Once blobs that wait have been retrieved. */
    NO_ROOM,
    NOTHING_TO_LIST
  }

  private final Part part;
  private final int wantedBlobs;
  private final WindowLength length;
  private @Nullable ListingWindow window;
  private @Nullable ContentListing pages;
  private int blobs;
  private boolean keptWaiting;

  /**
   * @param wantedBlobs how many blobs a window is to bring
   */
  Listing(Part part, int wantedBlobs) {
    this.part = part;
    this.wantedBlobs = wantedBlobs;
    this.length = new WindowLength(wantedBlobs);
  }

  /** Decides on the next request. */
  Ready prepare(Instant now) {
    ListingWindow going = window;
    if (!part.hasRoom(going == null ? wantedBlobs : 0)) {
      if (going != null && length.isTooLong(going, blobs)) {
        length.tooLong(going, blobs);
        drop();
      }
      keptWaiting = window != null;
      return Ready.NO_ROOM;
    }
    if (keptWaiting && going != null && !going.canBeAsked(now)) {
      drop();
    }
    if (window == null) {
      window = part.next(length.next(), now).orElse(null);
    }
    return window == null ? Ready.NOTHING_TO_LIST : Ready.YES;
  }

  /** The window being listed; empty if there is none that a request sent now would be taken for. */
  Optional<ListingWindow> window(Instant now) {
    ListingWindow going = window;
    if (going != null && isAtFirstPage() && !going.canBeAsked(now)) {
      // It has waited so long for the quota that it would be refused.
      drop();
    }
    return Optional.ofNullable(window);
  }

  CompletableFuture<ApiOutcome<ContentPage>> ask(
      ManagementApi api, ContentType contentType, ListingWindow going) {
    ContentListing listing = pages;
    if (listing == null) {
      listing = new ContentListing(contentType, going.start(), going.end());
      pages = listing;
    }
    return listing.ask(api);
  }

  private boolean isAtFirstPage() {
    return pages == null || pages.isAtFirstPage();
  }

  /**
   * A page has come.
   *
   * @param taken how many of its blobs the feed has taken in
   * @return whether it was the window's last
   */
  boolean arrived(ContentPage answer, int taken) {
    blobs += taken;
    ListingWindow done = window;
    if (pages == null || !pages.arrived(answer) || done == null) {
      return false;
    }
    length.yielded(done, blobs);
    part.listed(done);
    drop();
    return true;
  }

  /**
   * A request has failed. The window is listed again from its first page: half a listing proves
   * nothing.
   *
   * @return whether that is no problem, since the page had to wait for room
   */
  boolean failed(ApiOutcome.Failed<ContentPage> failure) {
    boolean outlived = !isAtFirstPage() && isPageExpired(failure);
    boolean expected = outlived && keptWaiting;
    ListingWindow going = window;
    if (outlived && going != null) {
      length.tooLong(going, blobs);
    }
    drop();
    return expected;
  }

  /** The window has too much in it: the next is shorter. */
  void shorten() {
    ListingWindow going = window;
    if (going != null) {
      length.tooLong(going, blobs);
    }
  }

  static boolean isPageExpired(ApiOutcome.Failed<ContentPage> failure) {
    return failure.code().equals(BAD_PAGE_TOKEN);
  }

  private void drop() {
    window = null;
    pages = null;
    blobs = 0;
    keptWaiting = false;
  }
}
