package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.simulator.graph.AuditEvents;
import io.github.auditstream.connect.office365.simulator.graph.GivenEvents;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is in a blob. Immutable; a generated one is rendered anew each time it is asked for. */
sealed interface BlobContent {

  /** How many events a right answer holds. */
  int events();

  /** The events' Ids in order; empty text for an event without one. */
  List<String> eventIds();

  byte[] plain();

  /** The events as audit log queries find them. */
  AuditEvents records(PublishedBlob blob);

  /** Bytes that a test gave. */
  final class Given implements BlobContent {
    private final byte[] body;
    private final List<String> ids;
    private final List<String> texts;

    /**
     * @param texts of the events, as far as the body has any
     */
    Given(byte[] body, List<String> ids, List<String> texts) {
      this.body = body.clone();
      this.ids = List.copyOf(ids);
      this.texts = List.copyOf(texts);
    }

    static Given events(List<String> events) {
      return new Given(
          ("[" + String.join(",", events) + "]").getBytes(StandardCharsets.UTF_8),
          events.stream()
              .map(event -> EventTemplate.topLevelId(event.getBytes(StandardCharsets.UTF_8)))
              .toList(),
          events);
    }

    @Override
    public int events() {
      return ids.size();
    }

    @Override
    public List<String> eventIds() {
      return ids;
    }

    @Override
    public byte[] plain() {
      return body.clone();
    }

    @Override
    public AuditEvents records(PublishedBlob blob) {
      return GivenEvents.of(texts, blob.contentCreated(), blob.tenant(), blob.contentId());
    }
  }

  /** The events of another blob once more. */
  record Again(PublishedBlob other) implements BlobContent {
    @Override
    public int events() {
      return other.events();
    }

    @Override
    public List<String> eventIds() {
      return other.eventIds();
    }

    @Override
    public byte[] plain() {
      return other.body();
    }

    @Override
    public AuditEvents records(PublishedBlob blob) {
      return other.records();
    }
  }

  /**
   * Events from a pool.
   *
   * @param first the running number of the first event; number and seed alone decide an event's Id
   */
  record Generated(
      EventPool pool, long seed, long first, int events, Instant created, UUID organization)
      implements BlobContent {
    private static final DateTimeFormatter SECONDS =
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    /** How long before its blob an event happened at most: typical latency is 60 to 90 minutes. */
    static final int OLDEST_SECONDS = 5_400;

    @Override
    public List<String> eventIds() {
      List<String> ids = new ArrayList<>(events);
      for (int i = 0; i < events; i++) {
        EventTemplate template = pool.template(first + i);
        ids.add(template.takesFreshId() ? freshId(i) : template.ownId());
      }
      return ids;
    }

    @Override
    public byte[] plain() {
      ByteArrayOutputStream out = new ByteArrayOutputStream(2 + events * 1_400);
      byte[] tenant = EventTemplate.ascii(organization.toString());
      out.write('[');
      for (int i = 0; i < events; i++) {
        if (i > 0) {
          out.write(',');
        }
        pool.template(first + i)
            .writeTo(
                out,
                EventTemplate.ascii(freshId(i)),
                EventTemplate.ascii(SECONDS.format(freshTime(i))),
                tenant);
      }
      out.write(']');
      return out.toByteArray();
    }

    @Override
    public AuditEvents records(PublishedBlob blob) {
      return new GeneratedRecords(this, blob.contentId());
    }

    /** When an event of the blob happened. */
    Instant freshTime(int index) {
      return created.minusSeconds(
          Math.floorMod(mixed(seed ^ ~(first + index)), (long) OLDEST_SECONDS));
    }

    String freshId(int index) {
      long number = first + index;
      long high = mixed(seed + number * 0x9E3779B97F4A7C15L);
      long low = mixed(high ^ seed ^ number);
      return new UUID(
              (high & 0xFFFFFFFFFFFF0FFFL) | 0x4000L,
              (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L)
          .toString();
    }

    /** The finaliser of SplitMix64: neighbouring numbers give unrelated results. */
    private static long mixed(long value) {
      long z = value;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      return z ^ (z >>> 31);
    }
  }
}
