package io.github.auditstream.connect.office365.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.TenantSetup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is listed, when, where it points, and how long it lasts. */
final class ListingRows {
  private static final Clock CLOCK = Clock.systemUTC();

  /** So many that each window has more than a few. */
  private static final int MANY = 60;

  private ListingRows() {}

  static List<Row> rows() {
    return List.of(
        new Row("blob-fails-until-it-expires", ListingRows::failsUntilExpired),
        new Row("blob-expires-while-it-waits", ListingRows::expiresWhileItWaits),
        new Row("blob-fails-long-and-is-parked", ListingRows::parked),
        new Row("blob-expired-when-asked-for-af20051", ListingRows::expiredWhenAskedFor),
        new Row("blobs-beyond-room", unreadable(130, Fault.status(404))),
        new Row("many-blobs-refused-403", unreadable(80, Fault.status(403))),
        new Row("blob-listed-an-hour-late", ListingRows::late),
        new Row("equal-content-created-across-pages", ListingRows::twins),
        new Row("same-event-in-two-blobs", ListingRows::redelivered),
        new Row("page-lost", pages(Operation.LIST_CONTENT, Fault.pageLost())),
        new Row("page-repeated", pages(Operation.NEXT_PAGE, Fault.pageRepeated())),
        new Row("page-token-expired", pages(Operation.NEXT_PAGE, Fault.pageTokenExpired())),
        new Row("next-page-fails", pages(Operation.NEXT_PAGE, Fault.status(500))),
        new Row(
            "next-page-header-in-lower-case",
            pages(Operation.LIST_CONTENT, Fault.nextPageHeaderNamed("nextpageuri"))),
        new Row(
            "next-page-header-in-upper-case",
            pages(Operation.LIST_CONTENT, Fault.nextPageHeaderNamed("NEXTPAGEURI"))),
        new Row(
            "next-page-under-api-v1",
            scene -> {
              scene.simulate(
                  builder ->
                      builder
                          .pageSize(3)
                          .nextPagePath("/api/v1/")
                          .tenant(TenantSetup::subscribedToAll));
              scene.publish();
              scene.start();
            }),
        new Row("next-page-elsewhere", astray(Fault.nextPageElsewhere(), 10)),
        new Row("next-page-in-plain-http", astray(Fault.nextPageInPlainHttp(), 10)),
        new Row("blobs-elsewhere", astray(Fault.blobsElsewhere(), MANY)),
        new Row("blobs-in-plain-http", astray(Fault.blobsInPlainHttp(), MANY)),
        new Row(
            "entries-elsewhere",
            refusedEntries(
                3,
                Fault.furtherElement(
                    entry("a", "https://evil.test/a")
                        + ","
                        + entry("b", "https://evil.test/b")
                        + ","
                        + entry("c", "https://evil.test/c")),
                "https://evil.test, which is not the configured management endpoint")),
        new Row(
            "entries-that-describe-no-blob",
            refusedEntries(
                5,
                Fault.furtherElement(
                    "{}"
                        + ",{\"contentId\":7,\"contentUri\":true,\"contentCreated\":[]}"
                        + ",{\"contentId\":\"no-uri\",\"contentCreated\":\"2026-11-20T10:00:00.000Z\"}"
                        + ","
                        + entry("x".repeat(1_001), "https://localhost/x")
                        + ","
                        + entry("no-time", "https://localhost/y").replace("2026", "never")),
                "entry")));
  }

  private static void failsUntilExpired(Scene scene) {
    scene.publish();
    PublishedBlob blob = expiringIn(scene, Duration.ofSeconds(40));
    scene.on(blob).always().meets(Fault.status(500));
    scene.expectLost(blob, "UNAVAILABLE", null);
    scene.start();
    scene.awaitLogged(blob.contentId(), "is parked");
    scene.awaitReceipts(Scene.FEED);
    assertThat(scene.attempts(blob)).as("attempts").isGreaterThanOrEqualTo(5);
  }

  /** It is not asked for any more once it has expired. */
  private static void expiresWhileItWaits(Scene scene) {
    scene.feeds(Scene.FEED);
    scene.publish(Scene.FEED, 5);
    PublishedBlob blob = expiringIn(scene, Duration.ofSeconds(15));
    scene.on(blob).attempt(1).meets(Fault.afError(403, "AF429", Duration.ofSeconds(25)));
    scene.expectLost(blob, "EXPIRED", null);
    scene.start();
  }

  private static PublishedBlob expiringIn(Scene scene, Duration left) {
    Instant now = CLOCK.instant();
    return scene
        .tenant()
        .blob(Scene.FEED)
        .created(now.minus(Duration.ofMinutes(30)))
        .expires(now.plus(left))
        .events(3)
        .add();
  }

  private static void parked(Scene scene) {
    PublishedBlob blob = scene.publish().get(3);
    scene.on(blob).first(5).meets(Fault.status(500));
    scene.start();
    scene.awaitLogged(blob.contentId(), "is parked");
    scene.publishNow();
    scene.await("all blobs but the one", () -> scene.arrivals().receipts().size() == 15);
    assertThat(scene.attempts(blob)).as("attempts").isEqualTo(6);
  }

  private static void expiredWhenAskedFor(Scene scene) {
    PublishedBlob blob = scene.publish().get(3);
    scene.on(blob).always().meets(Fault.afError(400, "AF20051"));
    scene.expectLost(blob, "EXPIRED", "AF20051");
    scene.start();
    assertThat(scene.attempts(blob)).as("attempts").isEqualTo(1);
  }

  private static void late(Scene scene) {
    scene.publish();
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    scene
        .tenant()
        .blob(Scene.FEED)
        .createdAgo(Duration.ofHours(1))
        .visibleFrom(CLOCK.instant().plusSeconds(3))
        .events(4)
        .add();
  }

  private static void twins(Scene scene) {
    scene.simulate(builder -> builder.pageSize(3).tenant(TenantSetup::subscribedToAll));
    Instant created = CLOCK.instant().minus(Duration.ofMinutes(50));
    for (int twin = 0; twin < 20; twin++) {
      scene.tenant().blob(Scene.FEED).created(created).events(2).add();
    }
    scene.publish(Scene.OTHER, 5);
    scene.start();
  }

  private static void redelivered(Scene scene) {
    List<PublishedBlob> blobs = scene.publish();
    scene.tenant().blob(Scene.FEED).createdAgo(Duration.ofMinutes(5)).eventsOf(blobs.get(2)).add();
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    scene.tenant().blob(Scene.FEED).eventsOf(blobs.get(2)).add();
  }

  private static Row.Script pages(Operation operation, Fault fault) {
    return scene -> {
      scene.simulate(builder -> builder.pageSize(3).tenant(TenantSetup::subscribedToAll));
      scene.publish();
      scene.on(operation).of(Scene.FEED).first(1).meets(fault);
      scene.start();
    };
  }

  /** Listings point at a host that is not the API; no request may reach it. */
  private static Row.Script astray(Fault fault, int blobs) {
    return scene -> {
      scene.simulate(builder -> builder.pageSize(3).tenant(TenantSetup::subscribedToAll));
      scene.publish(Scene.OTHER, 5);
      // Of one time, so that a window has all of them.
      Instant created = CLOCK.instant().minus(Duration.ofMinutes(50));
      for (int i = 0; i < blobs; i++) {
        scene.tenant().blob(Scene.FEED).created(created).events(2).add();
      }
      scene.listings().always().meets(fault);
      scene.start();
      scene.awaitProblem("MALFORMED", "");
      assertThat(scene.lastReason(Scene.FEED)).contains("no token went there");
      scene.awaitOther();
      scene.lift();
    };
  }

  private static String entry(String contentId, String contentUri) {
    return """
        {"contentUri":"%s","contentId":"%s","contentType":"Audit.Exchange",\
        "contentCreated":"2026-11-20T10:00:00.000Z","contentExpiration":"2026-11-27T10:00:00.000Z"}"""
        .formatted(contentUri, contentId);
  }

  /**
   * Entries that cannot be used stand in each listing of the feed, and the others are read all the
   * same; one that is fixed is read in the end.
   */
  static Row.Script refusedEntries(int entries, Fault fault, String reason) {
    return scene -> {
      scene.publish();
      scene.listings().always().meets(fault);
      scene.expectRefusedEntries(entries);
      scene.start();
      scene.await(
          "dead letters for entries", () -> scene.arrivals().refusedEntries().size() >= entries);
      scene.await("all other blobs", () -> scene.arrivals().receipts().size() >= 14);
      scene.await(
          "a notice in the status",
          () ->
              scene.arrivals().statuses(Scene.FEED.apiName()).stream()
                  .map(status -> status.getString("Notice"))
                  .anyMatch(notice -> notice != null && notice.contains(reason)));
      scene.lift();
    };
  }

  /**
   * Older blobs than all others cannot be read, and hold up none of them; once they can, they are.
   */
  private static Row.Script unreadable(int blobs, Fault fault) {
    return scene -> {
      scene.publish(Scene.OTHER, 5);
      Instant begin = CLOCK.instant().minus(Duration.ofMinutes(170));
      for (int i = 0; i < blobs; i++) {
        PublishedBlob bad =
            scene.tenant().blob(Scene.FEED).created(begin.plusSeconds(i)).events(1).add();
        scene.on(bad).always().meets(fault);
      }
      List<PublishedBlob> good = scene.publish(Scene.FEED, 20);
      scene.start();
      scene.awaitReceipts(good);
      scene.lift();
    };
  }
}
