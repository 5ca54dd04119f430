package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.graph.AuditEvents;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A blob as the simulator published it. Thread-safe; two are the same only if one object. */
public final class PublishedBlob {
  private final UUID tenant;
  private final ContentType contentType;
  private final String contentId;
  private final URI contentUri;
  private final Instant contentCreated;
  private final Instant contentExpiration;
  private final Instant visibleFrom;
  private final BlobContent content;
  private @Nullable AuditEvents records;
  private final LongAdder retrievals = new LongAdder();
  private final LongAdder listings = new LongAdder();
  private final AtomicReference<@Nullable Instant> firstListed = new AtomicReference<>();

  PublishedBlob(
      UUID tenant,
      ContentType contentType,
      String contentId,
      URI contentUri,
      Instant contentCreated,
      Instant contentExpiration,
      Instant visibleFrom,
      BlobContent content) {
    this.tenant = tenant;
    this.contentType = contentType;
    this.contentId = contentId;
    this.contentUri = contentUri;
    this.contentCreated = contentCreated;
    this.contentExpiration = contentExpiration;
    this.visibleFrom = visibleFrom;
    this.content = content;
  }

  public UUID tenant() {
    return tenant;
  }

  public ContentType contentType() {
    return contentType;
  }

  public String contentId() {
    return contentId;
  }

  public URI contentUri() {
    return contentUri;
  }

  public Instant contentCreated() {
    return contentCreated;
  }

  public Instant contentExpiration() {
    return contentExpiration;
  }

  /** From when on it is listed; later than {@link #contentCreated} for a late blob. */
  public Instant visibleFrom() {
    return visibleFrom;
  }

  /** How many events a right answer holds. */
  public int events() {
    return content.events();
  }

  /** The events' Ids in the order of the blob; empty text for an event without an Id. */
  public List<String> eventIds() {
    return content.eventIds();
  }

  /** The body of a right answer. */
  public byte[] body() {
    return content.plain();
  }

  /** How many answers with the whole right body were sent. */
  public long retrievals() {
    return retrievals.sum();
  }

  /** On how many pages it stood. */
  public long listings() {
    return listings.sum();
  }

  /** Its events as audit log queries find them: the same object each time. */
  synchronized AuditEvents records() {
    AuditEvents known = records;
    if (known == null) {
      known = content.records(this);
      records = known;
    }
    return known;
  }

  BlobContent content() {
    return content;
  }

  void retrieved() {
    retrievals.increment();
  }

  void notRetrievedAfterAll() {
    retrievals.decrement();
  }

  /** When it was listed first; empty if never. */
  public Optional<Instant> firstListed() {
    return Optional.ofNullable(firstListed.get());
  }

  void listed(Instant now) {
    firstListed.compareAndSet(null, now);
    listings.increment();
  }

  @Override
  public String toString() {
    return "blob " + contentId + " of " + contentType + " in tenant " + tenant;
  }
}
