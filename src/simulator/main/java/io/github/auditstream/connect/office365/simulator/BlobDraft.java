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
  final ContentType contentType;
  @Nullable Instant created;
  @Nullable Instant expires;
  @Nullable Instant visibleFrom;
  @Nullable Instant searchableFrom;
  @Nullable String contentId;
  @Nullable BlobContent content;
  int generated = 1;
  boolean listed = true;
  boolean searchable = true;

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

  /** Its events are found by audit log queries only from then on; when it is listed, by default. */
  public BlobDraft searchableFrom(Instant instant) {
    searchableFrom = instant;
    return this;
  }

  /** No audit log query ever finds its events. */
  public BlobDraft notSearchable() {
    searchable = false;
    return this;
  }

  /**
   * The blob is never listed and is not in the ledger: only audit log queries find its events.
   * Those of a blob that is older than seven days are found by nothing else anyway.
   */
  public BlobDraft onlySearchable() {
    listed = false;
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
    content = new BlobContent.Again(other);
    return this;
  }

  /** A body that need not be JSON; it counts as a blob without events. */
  public BlobDraft body(byte[] bytes) {
    content = new BlobContent.Given(bytes, List.of(), List.of());
    return this;
  }

  /** A body that need not be JSON; it counts as a blob without events. */
  public BlobDraft body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Publishes the blob. */
  public PublishedBlob add() {
    return tenant.publish(this);
  }
}
