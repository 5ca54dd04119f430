package io.github.auditstream.connect.office365.wiring;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What the parts of a task, of the preflight and of the tools take from outside.
 *
 * @param clock has the time; it can be set, and leap
 * @param ticks nanoseconds of a clock that only goes forward
 */
public record Environment(Clock clock, LongSupplier ticks) {
  /** This machine's ticks beside the clock. */
  public static Environment of(Clock clock) {
    return new Environment(clock, System::nanoTime);
  }
}
