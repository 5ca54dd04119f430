package io.github.auditstream.connect.office365.benchmark;

/**
 * What one benchmark of a single step found.
 *
 * @param name the benchmark's class, method and parameters
 * @param unit what the figures are for: an event, or one step of a feed's state
 * @param nanos nanoseconds a unit, on one thread
 * @param errorNanos half the width of the 99.9 % confidence interval; NaN with too few measurements
 * @param allocatedBytes bytes of heap that a unit allocates
 * @param jsonBytes mean size of a unit's JSON; 0 where the unit is no event
 */
public record MicroResult(
    String name,
    Unit unit,
    double nanos,
    double errorNanos,
    double allocatedBytes,
    double jsonBytes) {

  /** What a benchmark repeats. */
  public enum Unit {
    EVENT,
    STEP
  }

  /** How many units a second one thread does. */
  public double perSecond() {
    return 1e9 / nanos;
  }

  /** Bytes of heap for each byte of JSON; NaN where the unit is no event. */
  public double allocatedPerJsonByte() {
    return unit == Unit.EVENT ? allocatedBytes / jsonBytes : Double.NaN;
  }
}
