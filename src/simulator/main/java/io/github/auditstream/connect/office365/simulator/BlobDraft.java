package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.model.ContentType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A blob that is about to be published: valid in everything that the test does not name. */
public final class BlobDraft {
  /** How long content can be retrieved, as documented. */
  static final Duration LIFE = Duration.ofDays(7);

  private final SimulatedTenant tenant;
  private final ContentType contentType;
  private @Nullable Instant created;
  private @Nullable Instant expires;
  private @Nullable Instant visibleFrom;
  private @Nullable String contentId;
  private @Nullable BlobContent content;
  private int generated = 1;

  BlobDraft(SimulatedTenant tenant, ContentType contentType) {
    this.tenant = tenant;
    this.contentType = contentType;
  }

  /** When the blob was created; now, where this is not said. Cut to milliseconds. */
  public BlobDraft created(Instant instant) {
    created = instant;
    return this;
  }

  /** Created so long ago, by the simulator's clock. */
  public BlobDraft createdAgo(Duration ago) {
    return created(tenant.now().minus(ago));
  }

  /** When it can no longer be retrieved; seven days after its creation, where this is not said. */
  public BlobDraft expires(Instant instant) {
    expires = instant;
    return this;
  }

  /** A late blob: listed only from then on, under its older creation time. */
  public BlobDraft visibleFrom(Instant instant) {
    visibleFrom = instant;
    return this;
  }

  /** An id of the test's own; made up in the API's shape, where this is not said. */
  public BlobDraft contentId(String id) {
    contentId = id;
    return this;
  }

  /** So many events from the simulator's library; 1, where nothing is said. */
  public BlobDraft events(int count) {
    generated = count;
    content = null;
    return this;
  }

  /** These events, each a JSON text. They are sent as they are, valid or not. */
  public BlobDraft events(List<String> events) {
    content = BlobContent.Given.events(events);
    return this;
  }

  /** These events, each a JSON text. They are sent as they are, valid or not. */
  public BlobDraft events(String... events) {
    return events(List.of(events));
  }

  /** The same events as another blob: Microsoft delivers events again in new blobs. */
  public BlobDraft eventsOf(PublishedBlob other) {
    content = new BlobContent.Given(other.body(), other.eventIds());
    return this;
  }

  /** A body that need not be JSON; it counts as a blob without events. */
  public BlobDraft body(byte[] bytes) {
    content = new BlobContent.Given(bytes.clone(), List.of());
    return this;
  }

  /** A body that need not be JSON; it counts as a blob without events. */
  public BlobDraft body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Publishes the blob. */
  public PublishedBlob add() {
    Instant createdAt = created == null ? tenant.now() : created;
    return tenant.publish(
        contentType, createdAt, expires, visibleFrom, contentId, content, generated);
  }
}
