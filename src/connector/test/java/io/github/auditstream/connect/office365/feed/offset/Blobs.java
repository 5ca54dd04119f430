package io.github.auditstream.connect.office365.feed.offset;

import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Content blobs for tests: valid unless a test says otherwise. */
public final class Blobs {
  public static final Instant NOON = Instant.parse("2026-11-21T12:00:00.000Z");

  private Blobs() {}

  public static ContentBlob blob(String contentId, Instant created) {
    return new ContentBlob(
        ContentType.EXCHANGE,
        contentId,
        URI.create(
            "https://manage.office.com/api/v1.0/11111111-2222-3333-4444-555555555555/activity/feed/audit/"
                + contentId),
        created,
        created.plus(Duration.ofDays(7)));
  }

  public static ContentBlob blob(String contentId) {
    return blob(contentId, NOON);
  }

  static ParkedBlob parked(ContentBlob blob, Instant retryAt) {
    return new ParkedBlob(blob, 0, Optional.empty(), 0, 4, retryAt, "GONE", Optional.empty());
  }
}
