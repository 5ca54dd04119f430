package io.github.auditstream.connect.office365.quickstart;

import java.util.List;
import java.util.Map;
import java.util.Set;

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
        public int tenants() {
          return 0;
        }

        @Override
        public Set<String> offeredLive() {
          return Set.of();
        }

        @Override
        public Set<String> offered() {
          return Set.of();
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

  /** How many tenants it simulates. */
  int tenants();

  /** The Ids of the events that the live feed offers by now. */
  Set<String> offeredLive();

  /** The Ids of the events that the live feed or the history offers by now. */
  Set<String> offered();

  /** The summary: how much there was to fetch, and which rules of the API were broken. */
  List<String> report();

  @Override
  void close();
}
