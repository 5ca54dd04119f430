package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.ContentBlob;
import io.github.auditstream.connect.office365.api.ContentPage;
import io.github.auditstream.connect.office365.api.ManagementApi;
import io.github.auditstream.connect.office365.api.Pause;
import io.github.auditstream.connect.office365.api.RetrySchedule;
import io.github.auditstream.connect.office365.config.ContentType;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists what the API has now of one content type, within the tenant's quota. */
final class LiveListing {
  /** How far the API looks back, less what keeps a request from being refused on the way. */
  private static final Duration REACH = Duration.ofDays(7).minusMinutes(10);

  private static final int MOST_FAILURES = 8;
  private static final RetrySchedule SCHEDULE =
      new RetrySchedule(Duration.ofSeconds(1), 2, Duration.ofSeconds(30));

  private final ManagementApi api;
  private final Clock clock;

  LiveListing(ManagementApi api, Clock clock) {
    this.api = api;
    this.clock = clock;
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
    @Nullable URI page = null;
    while (true) {
      Pause.of(api.quota().reserve());
      ApiOutcome<ContentPage> outcome =
          page == null ? api.content(type, from, until) : api.nextPage(type, page);
      if (outcome instanceof ApiOutcome.Ok<ContentPage> answer) {
        blobs.addAll(answer.value().blobs());
        page = answer.value().nextPage().orElse(null);
        if (page == null) {
          return Optional.empty();
        }
      } else if (outcome instanceof ApiOutcome.Failed<ContentPage> failure) {
        failures++;
        if (failures >= MOST_FAILURES || !mayPass(failure.kind())) {
          return Optional.of(failure.reason());
        }
        // From the window's first page again: half a listing proves nothing, and listing a blob
        // twice does no harm.
        page = null;
        if (failure.kind() != ApiOutcome.Kind.THROTTLED) {
          Pause.of(SCHEDULE.delay(failures, 0, failure.serverAsks()));
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
