package io.github.auditstream.connect.office365.quickstart;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Breach;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/** Two companies with two days of history that go on working, served by the API's simulator. */
final class SimulatedTenants implements Simulation {
  private static final Map<String, UUID> TENANTS =
      Map.of(
          "contoso", UUID.fromString("c0470505-0000-4000-8000-000000000001"),
          "fabrikam", UUID.fromString("fab21ca0-0000-4000-8000-000000000002"));
  private static final Duration HISTORY = Duration.ofHours(46);
  private static final int HISTORY_BLOBS = 20;
  private static final int HISTORY_EVENTS = 40;
  private static final int LIVE_EVENTS = 5;
  private static final int BREACHES_SHOWN = 10;

  private final Simulator simulator;

  private SimulatedTenants(Simulator simulator) {
    this.simulator = simulator;
  }

  /**
   * Starts them.
   *
   * @param folder takes the simulator's certificate
   * @param eventsPerSecond new ones, all together
   * @param wanted how many events must be there soon; more history then, where needed
   */
  static SimulatedTenants start(Path folder, double eventsPerSecond, OptionalLong wanted) {
    try {
      Simulator.Builder builder = Simulator.builder().directory(folder);
      TENANTS.values().forEach(id -> builder.tenant(tenant -> tenant.id(id).subscribedToAll()));
      SimulatedTenants started = new SimulatedTenants(builder.start());
      started.work(eventsPerSecond, wanted);
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
    long perBlob = wanted.orElse(0) / ((long) feeds * HISTORY_BLOBS) + 1;
    int events = (int) Math.max(HISTORY_EVENTS, perBlob);
    for (UUID id : TENANTS.values()) {
      SimulatedTenant tenant = simulator.tenant(id);
      for (ContentType type : ContentType.values()) {
        tenant.history(type, HISTORY, HISTORY_BLOBS, events);
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
    return values;
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
