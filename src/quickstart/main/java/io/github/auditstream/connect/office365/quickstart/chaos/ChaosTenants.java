package io.github.auditstream.connect.office365.quickstart.chaos;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.LiveFeed;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Three tenants with five content types each: two days of history, blobs that share a creation
 * time, blobs that appear late or hold known events, blobs of many polls, and live load.
 */
final class ChaosTenants implements AutoCloseable {
  private static final int TENANTS = 3;

  /** Far above what is asked for: a killed task cannot know what it has asked for already. */
  private static final int QUOTA = 20_000;

  private static final Duration HISTORY = Duration.ofDays(2);
  private static final int HISTORY_BLOBS = 20;
  private static final int HISTORY_EVENTS = 15;
  private static final Duration LATE = Duration.ofSeconds(45);
  private static final int LARGE_EVENTS = 3_000;
  private static final double LIVE_BLOBS_PER_SECOND = 0.3;
  private static final int LIVE_EVENTS = 12;
  private static final double LIVE_LARGE_BLOBS_PER_SECOND = 0.02;
  private static final int LIVE_LARGE_EVENTS = 400;

  private final Simulator simulator;
  private final List<LiveFeed> live = new ArrayList<>();

  private ChaosTenants(Simulator simulator) {
    this.simulator = simulator;
  }

  static ChaosTenants start(Path folder, long seed) {
    Simulator.Builder builder =
        Simulator.builder()
            .directory(folder)
            .seed(seed)
            .pageSize(20)
            .latency(Duration.ofMillis(15))
            .tokenRequestsPerMinute(QUOTA);
    for (int i = 0; i < TENANTS; i++) {
      builder.tenant(tenant -> tenant.subscribedToAll().requestsPerMinute(QUOTA));
    }
    try {
      return new ChaosTenants(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("the simulator could not be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChaosException("interrupted while the simulator was starting");
    }
  }

  Simulator simulator() {
    return simulator;
  }

  void publishHistory() {
    for (SimulatedTenant tenant : simulator.tenants()) {
      for (ContentType type : ContentType.values()) {
        List<PublishedBlob> blobs = tenant.history(type, HISTORY, HISTORY_BLOBS, HISTORY_EVENTS);
        PublishedBlob known = blobs.get(HISTORY_BLOBS / 2);
        tenant.blob(type).created(known.contentCreated()).events(HISTORY_EVENTS).add();
        tenant.blob(type).createdAgo(Duration.ofHours(1)).eventsOf(known).add();
        tenant
            .blob(type)
            .createdAgo(Duration.ofHours(2))
            .visibleFrom(Clock.systemUTC().instant().plus(LATE))
            .events(HISTORY_EVENTS)
            .add();
      }
      tenant.blob(ContentType.EXCHANGE).createdAgo(Duration.ofHours(3)).events(LARGE_EVENTS).add();
    }
  }

  void loadOn() {
    for (SimulatedTenant tenant : simulator.tenants()) {
      for (ContentType type : ContentType.values()) {
        live.add(tenant.live(type, LIVE_BLOBS_PER_SECOND, LIVE_EVENTS));
        live.add(tenant.live(type, LIVE_LARGE_BLOBS_PER_SECOND, LIVE_LARGE_EVENTS));
      }
    }
  }

  /** No blob is published after this has returned. */
  void loadOff() {
    live.forEach(LiveFeed::close);
    live.clear();
  }

  /** How many requests were not answered with 200. */
  long faultyRequests() {
    return simulator.requests().counts().values().stream()
        .flatMap(outcomes -> outcomes.entrySet().stream())
        .filter(outcome -> !outcome.getKey().equals("200"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  @Override
  public void close() {
    simulator.close();
  }
}
