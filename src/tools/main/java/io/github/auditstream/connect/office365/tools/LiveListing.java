package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.BlockingApi;
import io.github.auditstream.connect.office365.api.ContentListing;
import io.github.auditstream.connect.office365.api.ContentPage;
import io.github.auditstream.connect.office365.api.ManagementApi;
import io.github.auditstream.connect.office365.api.Pause;
import io.github.auditstream.connect.office365.api.RetrySchedule;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists what the API has now of one content type, within the tenant's quota. */
final class LiveListing {
  /** How far the API looks back, less what keeps a request from being refused on the way. */
  private static final Duration REACH = Duration.ofDays(7).minusMinutes(10);

  private static final int MOST_FAILURES = 8;
  private static final RetrySchedule SCHEDULE =
      new RetrySchedule(Duration.ofSeconds(1), 2, Duration.ofSeconds(30));

  private final BlockingApi api;
  private final Clock clock;
  private final Waiting waiting;

  /** Lets time pass. */
  interface Waiting {
    void pause(Duration time) throws InterruptedException;
  }

  LiveListing(BlockingApi api, Clock clock) {
    this(api, clock, Pause::of);
  }

  LiveListing(BlockingApi api, Clock clock, Waiting waiting) {
    this.api = api;
    this.clock = clock;
    this.waiting = waiting;
  }

  /**
   * What a listing came to.
   *
   * @param trouble why it is not whole, if it is not
   */
  record Listed(List<ContentBlob> blobs, Optional<String> trouble) {}

  Listed list(ContentType type) throws InterruptedException {
    Instant now = clock.instant().plus(api.serverClockSkew());
    List<ContentBlob> blobs = new ArrayList<>();
    for (Instant from = now.minus(REACH); from.isBefore(now.minusSeconds(1)); ) {
      Instant end = from.plus(ManagementApi.LONGEST_WINDOW);
      Instant until = end.isBefore(now) ? end : now;
      Optional<String> trouble = window(type, from, until, blobs);
      if (trouble.isPresent()) {
        return new Listed(blobs, trouble);
      }
      from = until;
    }
    return new Listed(blobs, Optional.empty());
  }

  private Optional<String> window(
      ContentType type, Instant from, Instant until, List<ContentBlob> blobs)
      throws InterruptedException {
    int failures = 0;
    ContentListing listing = new ContentListing(type, from, until);
    while (true) {
      waiting.pause(api.quota().reserve());
      ApiOutcome<ContentPage> outcome = api.page(listing);
      if (outcome instanceof ApiOutcome.Ok<ContentPage> answer) {
        blobs.addAll(answer.value().blobs());
        if (listing.arrived(answer.value())) {
          return Optional.empty();
        }
      } else if (outcome instanceof ApiOutcome.Failed<ContentPage> failure) {
        failures++;
        if (failures >= MOST_FAILURES || !mayPass(failure.kind())) {
          return Optional.of(failure.reason());
        }
        // From the window's first page again: half a listing proves nothing, and listing a blob
        // twice does no harm.
        listing.restart();
        if (failure.kind() != ApiOutcome.Kind.THROTTLED) {
          waiting.pause(SCHEDULE.delay(failures, 0, failure.serverAsks()));
        }
      }
    }
  }

  private static boolean mayPass(ApiOutcome.Kind kind) {
    return switch (kind) {
      case THROTTLED, UNAVAILABLE, MALFORMED, BAD_REQUEST -> true;
      case UNAUTHORISED, FORBIDDEN, NOT_SUBSCRIBED, EXPIRED, GONE -> false;
    };
  }
}
