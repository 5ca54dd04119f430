package io.github.auditstream.connect.office365.simulator;

import java.time.Instant;

/**
 * One rule broken by one request.
 *
 * @param rule which
 * @param at when the request arrived, by the simulator's clock
 * @param sentence what was sent and what is documented, without credentials
 */
public record Breach(Rule rule, Instant at, String sentence) {
  @Override
  public String toString() {
    return rule + " at " + at + ": " + sentence;
  }
}
