package io.github.auditstream.connect.office365.quickstart;

import java.util.List;
import java.util.Map;

/** Where a quick start's events come from, as far as it knows. */
interface Simulation extends AutoCloseable {
  /** A real tenant: nothing to fill in, nothing known. */
  Simulation NONE =
      new Simulation() {
        @Override
        public Map<String, String> values() {
          return Map.of();
        }

        @Override
        public List<String> report() {
          return List.of();
        }

        @Override
        public void close() {}
      };

  /** What a connector's configuration may name, by its name. */
  Map<String, String> values();

  /** Lines for the end: what was there to fetch and what the API's rules say to how it was done. */
  List<String> report();

  @Override
  void close();
}
