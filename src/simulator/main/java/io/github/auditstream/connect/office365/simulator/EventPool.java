package io.github.auditstream.connect.office365.simulator;

import java.util.List;

/**
 * Events that blobs are filled with, round and round. Immutable.
 *
 * @param templates at least one
 */
record EventPool(List<EventTemplate> templates) {
  EventPool {
    templates = List.copyOf(templates);
    if (templates.isEmpty()) {
      throw new IllegalArgumentException("a pool of events must not be empty");
    }
  }

  EventTemplate template(long number) {
    return templates.get((int) Math.floorMod(number, (long) templates.size()));
  }
}
