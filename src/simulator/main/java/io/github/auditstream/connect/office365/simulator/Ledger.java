package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.model.ContentType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Everything that was ever published, to hold against what arrived. A view: it always shows the
 * present state.
 */
public final class Ledger {
  private final World world;

  Ledger(World world) {
    this.world = world;
  }

  /**
   * An event as the ledger counts it.
   *
   * @param id empty text for an event without an Id
   */
  public record EventKey(UUID tenant, ContentType contentType, String id) {}

  /**
   * Sums over a part of the ledger.
   *
   * @param retrievedBlobs blobs of which at least one whole right answer was sent
   */
  public record Totals(long blobs, long events, long retrievedBlobs, long retrievedEvents) {
    private static Totals of(List<PublishedBlob> blobs) {
      long events = 0;
      long retrievedBlobs = 0;
      long retrievedEvents = 0;
      for (PublishedBlob blob : blobs) {
        events += blob.events();
        if (blob.retrievals() > 0) {
          retrievedBlobs++;
          retrievedEvents += blob.events();
        }
      }
      return new Totals(blobs.size(), events, retrievedBlobs, retrievedEvents);
    }
  }

  /** All blobs: tenant by tenant, content type by content type, in the order of availability. */
  public List<PublishedBlob> blobs() {
    List<PublishedBlob> blobs = new ArrayList<>();
    for (SimulatedTenant tenant : world.tenants()) {
      for (ContentType type : ContentType.values()) {
        blobs.addAll(tenant.blobs(type));
      }
    }
    return blobs;
  }

  /** The blobs that fit. */
  public List<PublishedBlob> blobs(Predicate<PublishedBlob> wanted) {
    return blobs().stream().filter(wanted).toList();
  }

  /** How often each event was published; more than once where a blob delivers it again. */
  public Map<EventKey, Long> events() {
    Map<EventKey, Long> events = new HashMap<>();
    for (PublishedBlob blob : blobs()) {
      for (String id : blob.eventIds()) {
        events.merge(new EventKey(blob.tenant(), blob.contentType(), id), 1L, Long::sum);
      }
    }
    return events;
  }

  public long blobCount() {
    return total().blobs();
  }

  public long eventCount() {
    return total().events();
  }

  /** Sums over all. */
  public Totals total() {
    return Totals.of(blobs());
  }

  /** Sums by tenant and content type, without those that have no blob. */
  public Map<UUID, Map<ContentType, Totals>> byFeed() {
    Map<UUID, Map<ContentType, Totals>> feeds = new TreeMap<>();
    for (SimulatedTenant tenant : world.tenants()) {
      for (ContentType type : ContentType.values()) {
        List<PublishedBlob> blobs = tenant.blobs(type);
        if (!blobs.isEmpty()) {
          feeds.computeIfAbsent(tenant.id(), any -> new TreeMap<>()).put(type, Totals.of(blobs));
        }
      }
    }
    return feeds;
  }

  Map<String, Object> totals() {
    List<Map<String, Object>> feeds = new ArrayList<>();
    byFeed()
        .forEach(
            (tenant, types) ->
                types.forEach(
                    (type, totals) -> {
                      Map<String, Object> feed =
                          Answer.ordered(
                              "tenant", tenant.toString(), "contentType", type.apiName());
                      feed.putAll(asMap(totals));
                      feeds.add(feed);
                    }));
    Map<String, Object> all = asMap(total());
    all.put("feeds", feeds);
    return all;
  }

  private static Map<String, Object> asMap(Totals totals) {
    return Answer.ordered(
        "blobs", totals.blobs(),
        "events", totals.events(),
        "retrievedBlobs", totals.retrievedBlobs(),
        "retrievedEvents", totals.retrievedEvents());
  }
}
