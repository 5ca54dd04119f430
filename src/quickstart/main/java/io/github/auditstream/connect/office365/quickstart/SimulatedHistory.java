package io.github.auditstream.connect.office365.quickstart;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The days before the live feed, which only audit log queries find, and some events of them that
 * the live feed has days later.
 *
 * @param from the beginning of the first day
 * @param until where the live feed begins, seven days ago
 * @param now when this was begun
 */
record SimulatedHistory(Instant from, Instant until, Instant now) {
  private static final Duration OF_LIVE_FEED = Duration.ofDays(7);
  private static final Duration NOON = Duration.ofHours(12);
  private static final int EVENTS = 30;
  private static final int LATE_EVENTS = 5;
  private static final Duration LATE_CREATED = Duration.ofDays(8);
  private static final Duration LATE_LISTED = Duration.ofDays(2);

  static SimulatedHistory of(int days, Instant now) {
    return new SimulatedHistory(
        now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days)),
        now.truncatedTo(ChronoUnit.SECONDS).minus(OF_LIVE_FEED),
        now);
  }

  void publish(SimulatedTenant tenant, ContentType type) {
    Instant last = until.minus(NOON);
    for (Instant day = from.plus(NOON); day.isBefore(last); day = day.plus(Duration.ofDays(1))) {
      tenant.blob(type).created(day).events(EVENTS).onlySearchable().add();
    }
    PublishedBlob late =
        tenant
            .blob(type)
            .created(now.minus(LATE_CREATED))
            .events(LATE_EVENTS)
            .onlySearchable()
            .add();
    tenant.blob(type).created(now.minus(LATE_LISTED)).eventsOf(late).notSearchable().add();
  }

  /** The Ids of the events that a search of all these days finds. */
  List<String> searchable(SimulatedTenant tenant) {
    return tenant.queries().idsBetween(from, until, now.plus(Duration.ofMinutes(1)));
  }
}
