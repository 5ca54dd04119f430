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

  /** The summary: how much there was to fetch, and which rules of the API were broken. */
  List<String> report();

  @Override
  void close();
}
