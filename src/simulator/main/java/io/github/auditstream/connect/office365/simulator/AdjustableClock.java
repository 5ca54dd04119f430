package io.github.auditstream.connect.office365.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A clock that tests move. Thread-safe. */
public final class AdjustableClock extends Clock {
  private final InstantSource base;
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

  private AdjustableClock(InstantSource base) {
    this.base = base;
  }

  /** A clock that stays at an instant until it is moved. */
  public static AdjustableClock standingAt(Instant instant) {
    return new AdjustableClock(InstantSource.fixed(instant));
  }

  /** The system's clock, which runs on and can be moved besides. */
  public static AdjustableClock running() {
    return new AdjustableClock(InstantSource.system());
  }

  /** Moves the clock, back where the step is negative. */
  public void advance(Duration step) {
    UnaryOperator<Duration> moved = before -> before.plus(step);
    offset.updateAndGet(moved);
  }

  @Override
  public Instant instant() {
    return base.instant().plus(offset.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("this clock is always UTC");
  }
}
