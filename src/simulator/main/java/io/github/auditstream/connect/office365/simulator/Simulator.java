package io.github.auditstream.connect.office365.simulator;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A running simulator of Entra ID, the Management Activity API and Microsoft Graph's audit log
 * queries. Thread-safe; whoever started it closes it.
 *
 * <pre>{@code
 * try (Simulator simulator = Simulator.builder().tenant(t -> t.subscribedToAll()).start()) {
 *   simulator.tenant().blob(ContentType.EXCHANGE).events(3).add();
 *   simulator.on(Operation.RETRIEVE_BLOB).attempt(1).meets(Fault.cutAfter(512));
 *   ...
 *   assertThat(simulator.breaches()).isEmpty();
 *   assertThat(simulator.faultsNotMet()).isEmpty();
 * }
 * }</pre>
 */
public final class Simulator implements AutoCloseable {
  private final World world;
  private final LiveFeeds liveFeeds;
  private final HttpsServer server;
  private final Truststore truststore;

  private Simulator(World world, LiveFeeds liveFeeds, HttpsServer server, Truststore truststore) {
    this.world = world;
    this.liveFeeds = liveFeeds;
    this.server = server;
    this.truststore = truststore;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Management host and login authority in one, for example {@code https://localhost:40123}. */
  public URI baseUri() {
    return world.baseUri();
  }

  /** The host of Microsoft Graph, another one than that of the Management Activity API. */
  public URI graphUri() {
    return world.graphUri();
  }

  /** The simulator's time. */
  Instant now() {
    return world.now();
  }

  /** What a client needs to trust it. */
  public Truststore truststore() {
    return truststore;
  }

  /** The only tenant. */
  public SimulatedTenant tenant() {
    List<SimulatedTenant> all = tenants();
    if (all.size() != 1) {
      throw new IllegalStateException("there are " + all.size() + " tenants; name one");
    }
    return all.get(0);
  }

  public SimulatedTenant tenant(UUID id) {
    return world
        .tenant(id)
        .orElseThrow(() -> new IllegalArgumentException("there is no tenant " + id));
  }

  /** All tenants, in the order of their ids. */
  public List<SimulatedTenant> tenants() {
    return world.tenants();
  }

  /** One more tenant while the simulator runs. */
  public SimulatedTenant addTenant(Consumer<TenantSetup> setup) {
    TenantSetup wanted = new TenantSetup();
    setup.accept(wanted);
    SimulatedTenant tenant = new SimulatedTenant(world, liveFeeds, wanted);
    world.add(tenant);
    return tenant;
  }

  /** Where faults meet an operation's requests. */
  public FaultPoint on(Operation operation) {
    return world.faults().point(operation.name(), call -> call.operation() == operation);
  }

  /** Where faults meet the retrievals of a blob. */
  public FaultPoint on(PublishedBlob blob) {
    return blob(blob.contentId());
  }

  /** Where faults meet the retrievals of a blob. */
  public FaultPoint blob(String contentId) {
    return world
        .faults()
        .point("blob " + contentId, call -> Call.decode(call.contentId()).equals(contentId));
  }

  /**
   * Where faults meet the requests that fit.
   *
   * @param name says which, for {@link #faultsNotMet}
   */
  public FaultPoint when(String name, Predicate<Call> fits) {
    return world.faults().point(name, fits);
  }

  /** No fault meets anything from now on. */
  public void endFaults() {
    world.faults().clear();
  }

  /** Scripted faults that no request has met: each is a test that proved nothing. */
  public List<String> faultsNotMet() {
    return world.faults().notMet();
  }

  /** The rules that were broken, in order. */
  public List<Breach> breaches() {
    return world.breaches().all();
  }

  /** The breaches of one rule. */
  public List<Breach> breaches(Rule rule) {
    return breaches().stream().filter(breach -> breach.rule() == rule).toList();
  }

  /** The breaches of all rules but these. */
  public List<Breach> breachesExcept(Rule... expected) {
    return breaches().stream()
        .filter(breach -> Stream.of(expected).noneMatch(rule -> rule == breach.rule()))
        .toList();
  }

  /** What is allowed but could be better, each with a count appended. */
  public List<String> notes() {
    return world.breaches().notes().entrySet().stream()
        .map(note -> note.getKey() + " (" + note.getValue() + " times)")
        .sorted()
        .toList();
  }

  /** Everything that was ever published. */
  public Ledger ledger() {
    return new Ledger(world);
  }

  /** What was asked for and how it ended. */
  public RequestLog requests() {
    return world.requests();
  }

  /** How many blobs a page lists from now on. */
  public void pageSize(int blobs) {
    world.behaviour().pageSize(blobs);
  }

  /** How long each answer takes from now on. */
  public void latency(Duration pause) {
    world.behaviour().latency(pause);
  }

  /** How far the {@code Date} header is from the simulator's clock from now on. */
  public void clockSkew(Duration skew) {
    world.behaviour().clockSkew(skew);
  }

  /** Refuses connections from now on and ends those that there are. */
  public void stopListening() {
    server.stopListening();
  }

  /**
   * Takes connections again, at the same address.
   *
   * @throws IOException if the port was taken by another meanwhile
   */
  public void listenAgain() throws IOException {
    server.listenAgain();
  }

  /**
   * Renders published blobs ahead, until the body cache is full, so that answering costs a
   * benchmark as little as it can.
   *
   * @return how many blobs are ready
   */
  public int prepareBodies() {
    int ready = 0;
    for (PublishedBlob blob : ledger().blobs()) {
      if (!world.bodies().prepare(blob)) {
        break;
      }
      ready++;
    }
    return ready;
  }

  /** Stops listening and publishing. What was written down can still be read. */
  @Override
  public void close() {
    liveFeeds.close();
    server.close();
  }

  /** Settings of a simulator: right where nothing is said. */
  public static final class Builder {
    private final List<Consumer<TenantSetup>> tenants = new ArrayList<>();
    private final Behaviour behaviour = new Behaviour();
    private Clock clock = Clock.systemUTC();
    private String host = "localhost";
    private int port;
    private int graphPort;
    private long seed = 1;
    private long bodyCacheBytes = 64L << 20;
    private @Nullable Path directory;
    private @Nullable EventLibrary events;

    private Builder() {}

    /** A tenant. None is made up where none is said. */
    public Builder tenant(Consumer<TenantSetup> setup) {
      tenants.add(setup);
      return this;
    }

    public Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    /** The host name in its addresses and its certificate; {@code localhost} by default. */
    public Builder host(String name) {
      host = name;
      return this;
    }

    /** The port; 0, the default, lets the system choose. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** The port of Microsoft Graph; 0, the default, lets the system choose. */
    public Builder graphPort(int number) {
      graphPort = number;
      return this;
    }

    /** Decides the generated events, their Ids included. */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /** Where certificate and trust store are kept; a temporary folder by default. */
    public Builder directory(Path folder) {
      directory = folder;
      return this;
    }

    /** Where generated blobs take their events from. */
    public Builder events(EventLibrary library) {
      events = library;
      return this;
    }

    /** How many blobs a page lists; 100 by default. */
    public Builder pageSize(int blobs) {
      behaviour.pageSize(blobs);
      return this;
    }

    /** How long each answer takes at least; zero by default. */
    public Builder latency(Duration pause) {
      behaviour.latency(pause);
      return this;
    }

    /** How long a next page's address is good for; ten minutes by default. */
    public Builder pageTokenLife(Duration life) {
      behaviour.pageTokenLife(life);
      return this;
    }

    /** What next pages' paths begin with: {@code /api/v1.0/} by default, or {@code /api/v1/}. */
    public Builder nextPagePath(String path) {
      behaviour.nextPagePath(path);
      return this;
    }

    /** Long-lived tokens a minute and tenant beyond which asking is a breach; 10 by default. */
    public Builder tokenRequestsPerMinute(int requests) {
      behaviour.tokenRequestsPerMinute(requests);
      return this;
    }

    /** How many bytes of gzipped bodies are kept; 64 MiB by default. */
    public Builder bodyCache(long bytes) {
      bodyCacheBytes = bytes;
      return this;
    }

    /**
     * Starts it.
     *
     * @throws IOException if no certificate can be made, or the port is taken
     */
    public Simulator start() throws IOException, InterruptedException {
      CertificateFolder folder = CertificateFolder.in(directory);
      SelfSignedCertificate certificate = folder.certificate(host);
      Truststore truststore = folder.truststore(host, certificate);
      EventLibrary library = events == null ? GeneratedEvents.seeded(seed) : events;
      World world = new World(clock, seed, library, behaviour, bodyCacheBytes);
      HttpsServer server = HttpsServer.start(world, certificate, host, port, graphPort);
      Simulator simulator = new Simulator(world, new LiveFeeds(), server, truststore);
      tenants.forEach(simulator::addTenant);
      return simulator;
    }
  }
}
