package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.BlockingApi;
import io.github.auditstream.connect.office365.api.ContentListing;
import io.github.auditstream.connect.office365.api.ContentPage;
import io.github.auditstream.connect.office365.api.ManagementApi;
import io.github.auditstream.connect.office365.api.Pause;
import io.github.auditstream.connect.office365.api.RetrySchedule;
import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.wiring.TenantApis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Lists what the API has now, within the tenants' quotas. */
record LiveListing(BlockingApi api, Clock clock, Waiting waiting) {
  /** How far the API looks back, less what keeps a request from being refused on the way. */
  private static final Duration REACH = Duration.ofDays(7).minusMinutes(10);

  /** What is left of the quota is the connector's. */
  private static final int PART_OF_QUOTA = 10;

  private static final int HTTP_THREADS = 4;
  private static final int MOST_FAILURES = 8;
  private static final RetrySchedule SCHEDULE =
      new RetrySchedule(Duration.ofSeconds(1), 2, Duration.ofSeconds(30));

  /** Lets time pass. */
  interface Waiting {
    void pause(Duration time) throws InterruptedException;
  }

  /**
   * What was listed.
   *
   * @param doubts one line for each feed that could not be listed
   */
  record Listed(Set<FeedName> feeds, List<String> doubts) {}

  /** Lists all feeds of a connector, and adds their blobs to the accounts. */
  static Listed listAll(ConnectorSettings settings, Clock clock, Accounts accounts)
      throws InterruptedException {
    AtomicInteger number = new AtomicInteger();
    ScheduledExecutorService executor =
        Executors.newScheduledThreadPool(
            HTTP_THREADS,
            work -> {
              Thread thread = new Thread(work, "office365-tools-http-" + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
    try {
      Listed all = new Listed(new TreeSet<>(), new ArrayList<>());
      for (TenantSettings tenant : settings.tenants()) {
        int share = Math.max(1, tenant.requestsPerMinute() / PART_OF_QUOTA);
        BlockingApi api = TenantApis.open(settings, tenant, share, executor, clock);
        LiveListing listing = new LiveListing(api, clock, Pause::of);
        for (ContentType type : settings.contentTypes()) {
          FeedName feed = new FeedName(tenant.tenantId().toString(), type.apiName());
          all.feeds().add(feed);
          listing
              .list(type, blob -> accounts.addListed(feed, blob.contentId(), blob.contentCreated()))
              .ifPresent(why -> all.doubts().add(feed + " could not be listed: " + why));
        }
      }
      return all;
    } finally {
      executor.shutdownNow();
    }
  }

  /** Lists one content type's blobs; returns why it is not the whole list, if it is not. */
  Optional<String> list(ContentType type, Consumer<ContentBlob> blobs) throws InterruptedException {
    Instant now = clock.instant().plus(api.serverClockSkew());
    Instant from = now.minus(REACH);
    Optional<String> failure = Optional.empty();
    while (failure.isEmpty() && from.isBefore(now.minusSeconds(1))) {
      Instant end = from.plus(ManagementApi.LONGEST_WINDOW);
      Instant until = end.isBefore(now) ? end : now;
      failure = window(type, from, until, blobs);
      from = until;
    }
    return failure;
  }

  private Optional<String> window(
      ContentType type, Instant from, Instant until, Consumer<ContentBlob> blobs)
      throws InterruptedException {
    int failures = 0;
    ContentListing listing = new ContentListing(type, from, until);
    while (true) {
      waiting.pause(api.quota().reserve());
      ApiOutcome<ContentPage> outcome = api.page(listing);
      if (outcome instanceof ApiOutcome.Ok<ContentPage> answer) {
        answer.value().blobs().forEach(blobs);
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
