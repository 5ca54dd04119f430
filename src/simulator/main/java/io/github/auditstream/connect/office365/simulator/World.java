package io.github.auditstream.connect.office365.simulator;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** All that the simulator's parts share. Thread-safe. */
final class World {
  private final Clock clock;
  private final long seed;
  private final EventLibrary events;
  private final Behaviour behaviour;
  private final Breaches breaches;
  private final Tokens tokens = new Tokens();
  private final RequestLog requests = new RequestLog();
  private final FaultScript faults = new FaultScript();
  private final BodyCache bodies;
  private final Map<UUID, SimulatedTenant> tenants = new ConcurrentSkipListMap<>();
  private final Map<String, PublishedBlob> blobs = new ConcurrentHashMap<>();
  private final AtomicLong blobNumbers = new AtomicLong();
  private volatile URI baseUri = URI.create("https://localhost");
  private volatile URI graphUri = URI.create("https://localhost");
  private volatile URI elsewhere = URI.create("https://localhost");
  private volatile URI plainHttp = URI.create("http://localhost");

  World(Clock clock, long seed, EventLibrary events, Behaviour behaviour, long bodyCacheBytes) {
    this.clock = clock;
    this.seed = seed;
    this.events = events;
    this.behaviour = behaviour;
    this.bodies = new BodyCache(bodyCacheBytes);
    this.breaches = new Breaches(clock);
  }

  void reachableAt(URI base, URI graph, URI foreign, URI http) {
    baseUri = base;
    graphUri = graph;
    elsewhere = foreign;
    plainHttp = http;
  }

  Instant now() {
    return clock.instant();
  }

  long seed() {
    return seed;
  }

  EventLibrary events() {
    return events;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  Breaches breaches() {
    return breaches;
  }

  Tokens tokens() {
    return tokens;
  }

  RequestLog requests() {
    return requests;
  }

  FaultScript faults() {
    return faults;
  }

  BodyCache bodies() {
    return bodies;
  }

  URI baseUri() {
    return baseUri;
  }

  URI graphUri() {
    return graphUri;
  }

  /** What a token for this audience opens. */
  Optional<Resource> resource(String audience) {
    String host = audience.endsWith("/") ? audience.substring(0, audience.length() - 1) : audience;
    if (host.equals(baseUri.toString())) {
      return Optional.of(Resource.MANAGEMENT);
    }
    return host.equals(graphUri.toString()) ? Optional.of(Resource.GRAPH) : Optional.empty();
  }

  /** A host over TLS that is neither the management host nor Graph's; no request may reach it. */
  URI elsewhere() {
    return elsewhere;
  }

  /** A host without TLS; no request may reach it. */
  URI plainHttp() {
    return plainHttp;
  }

  void add(SimulatedTenant tenant) {
    if (tenants.putIfAbsent(tenant.id(), tenant) != null) {
      throw new IllegalArgumentException("tenant " + tenant.id() + " exists already");
    }
  }

  Optional<SimulatedTenant> tenant(UUID id) {
    return Optional.ofNullable(tenants.get(id));
  }

  List<SimulatedTenant> tenants() {
    return List.copyOf(tenants.values());
  }

  void add(PublishedBlob blob) {
    if (blobs.putIfAbsent(blob.contentId(), blob) != null) {
      throw new IllegalArgumentException("a blob " + blob.contentId() + " exists already");
    }
  }

  Optional<PublishedBlob> blob(String contentId) {
    return Optional.ofNullable(blobs.get(contentId));
  }

  /** Blob numbers are unique across tenants, so that one tenant's blob is never another's. */
  long nextBlobNumber() {
    return blobNumbers.incrementAndGet();
  }
}
