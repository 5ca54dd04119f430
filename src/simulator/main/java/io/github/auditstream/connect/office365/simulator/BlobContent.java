package io.github.auditstream.connect.office365.simulator;

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

  /** Bytes that a test gave. */
  final class Given implements BlobContent {
    private final byte[] body;
    private final List<String> ids;

    Given(byte[] body, List<String> ids) {
      this.body = body.clone();
      this.ids = List.copyOf(ids);
    }

    static Given events(List<String> events) {
      return new Given(
          ("[" + String.join(",", events) + "]").getBytes(StandardCharsets.UTF_8),
          events.stream()
              .map(event -> EventTemplate.topLevelId(event.getBytes(StandardCharsets.UTF_8)))
              .toList());
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
    private static final int OLDEST_SECONDS = 5_400;

    @Override
    public List<String> eventIds() {
      List<String> ids = new ArrayList<>(events);
      for (int i = 0; i < events; i++) {
        EventTemplate template = pool.template(first + i);
        ids.add(template.takesFreshId() ? freshId(first + i) : template.ownId());
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
        long number = first + i;
        long age = Math.floorMod(mixed(seed ^ ~number), (long) OLDEST_SECONDS);
        pool.template(number)
            .writeTo(
                out,
                EventTemplate.ascii(freshId(number)),
                EventTemplate.ascii(SECONDS.format(created.minusSeconds(age))),
                tenant);
      }
      out.write(']');
      return out.toByteArray();
    }

    private String freshId(long number) {
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
