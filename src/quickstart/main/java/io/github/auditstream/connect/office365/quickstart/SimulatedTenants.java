package io.github.auditstream.connect.office365.quickstart;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Breach;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Two companies with a past that go on working, served by the simulator of both APIs. */
final class SimulatedTenants implements Simulation {
  private static final Map<String, UUID> TENANTS =
      Map.of(
          "contoso", UUID.fromString("c0470505-0000-4000-8000-000000000001"),
          "fabrikam", UUID.fromString("fab21ca0-0000-4000-8000-000000000002"));

  /** What the live feed can look back on: of two days, or of all seven with a history behind it. */
  private static final Duration PAST = Duration.ofHours(46);

  private static final Duration PAST_BEFORE_HISTORY = Duration.ofHours(164);
  private static final int PAST_BLOBS = 20;
  private static final int PAST_EVENTS = 40;
  private static final int LIVE_EVENTS = 5;
  private static final int BREACHES_SHOWN = 10;

  private final Simulator simulator;
  private final Optional<SimulatedHistory> history;

  private SimulatedTenants(Simulator simulator, Optional<SimulatedHistory> history) {
    this.simulator = simulator;
    this.history = history;
  }

  /**
   * Starts them.
   *
   * @param folder takes the simulator's certificate
   * @param options how many events there are each second, and must be there soon; how many days of
   *     history
   */
  static SimulatedTenants start(Path folder, QuickStartOptions options) {
    try {
      Simulator.Builder builder = Simulator.builder().directory(folder);
      TENANTS.values().forEach(id -> builder.tenant(tenant -> tenant.id(id).subscribedToAll()));
      SimulatedTenants started =
          new SimulatedTenants(
              builder.start(),
              options.historyDays().stream()
                  .mapToObj(days -> SimulatedHistory.of(days, Clock.systemUTC().instant()))
                  .findFirst());
      started.work(options.eventsPerSecond(), options.events());
      return started;
    } catch (IOException e) {
      throw new QuickStartException("the simulator could not be started: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QuickStartException("interrupted while the simulator was starting", e);
    }
  }

  private void work(double eventsPerSecond, OptionalLong wanted) {
    int feeds = TENANTS.size() * ContentType.values().length;
    long perBlob = wanted.orElse(0) / ((long) feeds * PAST_BLOBS) + 1;
    int events = (int) Math.max(PAST_EVENTS, perBlob);
    Duration past = history.isPresent() ? PAST_BEFORE_HISTORY : PAST;
    for (UUID id : TENANTS.values()) {
      SimulatedTenant tenant = simulator.tenant(id);
      for (ContentType type : ContentType.values()) {
        history.ifPresent(all -> all.publish(tenant, type));
        tenant.history(type, past, PAST_BLOBS, events);
        tenant.live(type, eventsPerSecond / feeds / LIVE_EVENTS, LIVE_EVENTS);
      }
    }
  }

  @Override
  public Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("simulator.endpoint", simulator.baseUri().toString());
    values.put("simulator.graph.endpoint", simulator.graphUri().toString());
    values.put("simulator.truststore", simulator.truststore().location().toString());
    values.put("simulator.truststore.password", simulator.truststore().password());
    values.put("simulator.truststore.type", simulator.truststore().type());
    TENANTS.forEach(
        (alias, id) -> {
          SimulatedTenant tenant = simulator.tenant(id);
          values.put("simulator." + alias + ".tenant.id", id.toString());
          values.put("simulator." + alias + ".client.id", tenant.clientId());
          values.put("simulator." + alias + ".client.secret", tenant.clientSecret());
        });
    history.ifPresent(
        all -> {
          values.put("simulator.history.from", all.from().toString());
          values.put("simulator.history.until", all.until().toString());
        });
    return values;
  }

  @Override
  public int tenants() {
    return TENANTS.size();
  }

  @Override
  public Set<String> offered() {
    Set<String> ids = offeredLive();
    history.ifPresent(
        all -> simulator.tenants().forEach(tenant -> ids.addAll(all.searchable(tenant))));
    return ids;
  }

  @Override
  public Set<String> offeredLive() {
    Set<String> ids = new HashSet<>();
    simulator.ledger().events().keySet().forEach(event -> ids.add(event.id()));
    return ids;
  }

  @Override
  public List<String> report() {
    List<Breach> breaches = simulator.breaches();
    List<String> lines = new ArrayList<>();
    lines.add(
        "The simulated tenants published %s events; the connector broke %s of the API's rules."
            .formatted(
                TopicTable.number(simulator.ledger().eventCount()),
                breaches.isEmpty() ? "none" : breaches.size() + " times one"));
    breaches.stream().limit(BREACHES_SHOWN).forEach(breach -> lines.add("  " + breach));
    return lines;
  }

  @Override
  public void close() {
    simulator.close();
  }
}
