package io.github.auditstream.connect.office365.feed.listing;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.ContentPage;
import io.github.auditstream.connect.office365.api.RefusedEntry;
import io.github.auditstream.connect.office365.model.ContentBlob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The refused entries of the window that is being listed, until it is decided whether they are
 * permanent. A transient error is gone with the next listing, so a window that had any is listed
 * again a few times before they are dead-lettered. Not safe for many threads.
 */
public final class SuspectEntries {
  /** How often an entry must have been listed unchanged. */
  public static final int LISTINGS = 3;

  /** From this many entries on, of which none can be used, the whole listing is taken as bad. */
  static final int MANY = 10;

  /** How long such a listing is asked for again, so that a person can fix the cause. */
  public static final Duration PATIENCE = Duration.ofHours(1);

  /** The creation time of an entry this far outside of its window is not trusted. */
  private static final Duration FAR = Duration.ofDays(1);

  /** More would not be held in memory. */
  private static final int MOST = 10_000;

  private static final int MOST_TEXT_BYTES = 16 * 1024 * 1024;

  private final Map<String, RefusedEntry> entries = new LinkedHashMap<>();
  private final Map<String, Integer> listings = new LinkedHashMap<>();
  private int failedListings;
  private @Nullable ListingWindow window;
  private boolean anyUsable;
  private long textBytes;
  private @Nullable Instant noneUsableSince;

  /** Refuses entries with an impossible creation time, and notes whether any is usable. */
  ContentPage sift(ContentPage page, ListingWindow listed) {
    if (!listed.equals(window)) {
      forget();
      window = listed;
    }
    List<ContentBlob> blobs = new ArrayList<>();
    List<RefusedEntry> refused = new ArrayList<>(page.refused());
    for (ContentBlob blob : page.blobs()) {
      if (isFar(blob.contentCreated(), listed)) {
        refused.add(
            RefusedEntry.of(
                blob,
                "an entry of the list has a contentCreated ("
                    + blob.contentCreated()
                    + ") far outside of what was asked for ("
                    + listed.start()
                    + " to "
                    + listed.end()
                    + ")"));
      } else {
        blobs.add(blob);
      }
    }
    anyUsable |= !blobs.isEmpty();
    return refused.size() == page.refused().size()
        ? page
        : new ContentPage(blobs, refused, page.nextPage());
  }

  /** Whether a creation time is too far outside of the window to be trusted. */
  public static boolean isFar(Instant created, ListingWindow listed) {
    return created.isBefore(listed.start().minus(FAR)) || created.isAfter(listed.end().plus(FAR));
  }

  /**
   * Adds refused entries that the feed does not know.
   *
   * @return whether there are too many to take the window for a listing
   */
  boolean add(List<RefusedEntry> refused) {
    for (RefusedEntry entry : refused) {
      if (entries.put(entry.key(), entry) == null) {
        textBytes += entry.text().remaining();
      }
    }
    return entries.size() > MOST || textBytes > MOST_TEXT_BYTES;
  }

  /**
   * The window has been listed to its end.
   *
   * @return the failure that its listing counts as; empty if its refused entries are to be taken
   */
  Optional<ApiOutcome.Failed<ContentPage>> decide(Instant now) {
    if (entries.isEmpty()) {
      forget();
      decided();
      return Optional.empty();
    }
    listings.keySet().retainAll(entries.keySet());
    entries.keySet().forEach(key -> listings.merge(key, 1, Integer::sum));
    if (anyUsable || entries.size() < MANY) {
      noneUsableSince = null;
    } else if (noneUsableSince == null) {
      noneUsableSince = now;
    }
    failedListings++;
    // Also where an entry looks different each time, the listing counts in the end.
    boolean isNew =
        failedListings < 2 * LISTINGS
            && listings.values().stream().anyMatch(times -> times < LISTINGS);
    boolean isBadListing = noneUsableSince != null && now.isBefore(noneUsableSince.plus(PATIENCE));
    if (!isNew && !isBadListing) {
      return Optional.empty();
    }
    ApiOutcome.Failed<ContentPage> failure = failure();
    forget();
    return Optional.of(failure);
  }

  /** The entries to be taken, once this has been decided. */
  List<RefusedEntry> take() {
    List<RefusedEntry> taken = List.copyOf(entries.values());
    forget();
    decided();
    return taken;
  }

  private void decided() {
    listings.clear();
    failedListings = 0;
  }

  /** The window is not listed to its end. */
  ApiOutcome.Failed<ContentPage> tooMany() {
    ApiOutcome.Failed<ContentPage> failure = failure();
    forget();
    return failure;
  }

  private ApiOutcome.Failed<ContentPage> failure() {
    String first = entries.values().iterator().next().reason();
    return new ApiOutcome.Failed<>(
        ApiOutcome.Kind.MALFORMED,
        200,
        "",
        "A listing from "
            + (window == null ? "" : window.start() + " to " + window.end())
            + " has "
            + entries.size()
            + (entries.size() == 1 ? " entry" : " entries")
            + " that cannot be used"
            + (anyUsable ? "" : ", and none that can")
            + "; "
            + first
            + ". It is listed again before such entries go to the dead letters",
        Optional.empty());
  }

  /** A listing has failed, or has been given up. */
  void forget() {
    window = null;
    entries.clear();
    textBytes = 0;
    anyUsable = false;
  }
}
