package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A tenant's subscriptions. Thread-safe. */
public final class Subscriptions {
  /** What the reference page asks for between two starts. */
  private static final Duration BETWEEN_STARTS = Duration.ofMinutes(15);

  /** The state of one subscription. */
  public enum State {
    NONE,
    ENABLED,
    DISABLED
  }

  private final Map<ContentType, State> states = new EnumMap<>(ContentType.class);
  private final Map<ContentType, Instant> started = new EnumMap<>(ContentType.class);
  private boolean barred;

  Subscriptions(Collection<ContentType> enabled) {
    for (ContentType type : ContentType.values()) {
      states.put(type, enabled.contains(type) ? State.ENABLED : State.NONE);
    }
  }

  public synchronized State state(ContentType contentType) {
    return states.getOrDefault(contentType, State.NONE);
  }

  /** Enabled from now on, as if it had been started by another. */
  public synchronized void enable(ContentType contentType) {
    states.put(contentType, State.ENABLED);
  }

  /** Disabled from now on, as an administrator can do. */
  public synchronized void disable(ContentType contentType) {
    states.put(contentType, State.DISABLED);
  }

  /** No subscription any more. */
  public synchronized void remove(ContentType contentType) {
    states.put(contentType, State.NONE);
  }

  /** Starts succeed and leave the subscription disabled from now on. */
  public synchronized void startsComeBackDisabled() {
    barred = true;
  }

  synchronized Map<ContentType, State> all() {
    return new EnumMap<>(states);
  }

  /** How long ago the last start was, where that is less than 15 minutes; remembers this one. */
  synchronized Optional<Duration> startedTooSoon(ContentType contentType, Instant now) {
    Instant before = started.put(contentType, now);
    if (before == null) {
      return Optional.empty();
    }
    Duration since = Duration.between(before, now);
    return since.compareTo(BETWEEN_STARTS) < 0 ? Optional.of(since) : Optional.empty();
  }

  /** The state after a start. */
  synchronized State start(ContentType contentType) {
    State after = barred ? State.DISABLED : State.ENABLED;
    states.put(contentType, after);
    return after;
  }
}
