package io.github.auditstream.connect.office365.quickstart.chaos;

import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.time.Duration;

/** How the API behaves for a while. A share of the requests is met, drawn with a seed. */
enum ApiFaults {
  CALM("calm") {
    @Override
    void begin(Simulator simulator, long seed) {}
  },
  RESETS("connections reset") {
    @Override
    void begin(Simulator simulator, long seed) {
      simulator.on(Operation.RETRIEVE_BLOB).sometimes(0.2, seed).meets(Fault.reset());
      simulator.on(Operation.LIST_CONTENT).sometimes(0.1, seed + 1).meets(Fault.reset());
      simulator.on(Operation.TOKEN).sometimes(0.2, seed + 2).meets(Fault.reset());
    }
  },
  CUT_BODIES("bodies cut short") {
    @Override
    void begin(Simulator simulator, long seed) {
      simulator.on(Operation.RETRIEVE_BLOB).sometimes(0.15, seed).meets(Fault.cutAfter(700));
      simulator
          .on(Operation.RETRIEVE_BLOB)
          .sometimes(0.1, seed + 1)
          .meets(Fault.cutAfter(1_500, Fault.Framing.COMPLETE));
      simulator.on(Operation.LIST_CONTENT).sometimes(0.1, seed + 2).meets(Fault.cutAfter(40));
    }
  },
  SERVER_ERRORS("answers of 500 and more") {
    @Override
    void begin(Simulator simulator, long seed) {
      simulator
          .on(Operation.RETRIEVE_BLOB)
          .sometimes(0.15, seed)
          .meets(Fault.afError(500, "AF50000"));
      simulator.on(Operation.RETRIEVE_BLOB).sometimes(0.1, seed + 1).meets(Fault.status(502));
      simulator.on(Operation.LIST_CONTENT).sometimes(0.1, seed + 2).meets(Fault.status(503));
      simulator.on(Operation.NEXT_PAGE).sometimes(0.2, seed + 3).meets(Fault.status(504));
    }
  },
  THROTTLED("throttled") {
    @Override
    void begin(Simulator simulator, long seed) {
      simulator.on(Operation.RETRIEVE_BLOB).sometimes(0.1, seed).meets(Fault.afError(403, "AF429"));
      simulator.on(Operation.LIST_CONTENT).sometimes(0.05, seed + 1).meets(Fault.bare429(429));
      simulator
          .on(Operation.LIST_CONTENT)
          .sometimes(0.03, seed + 2)
          .meets(Fault.afError(429, "AF429", Duration.ofSeconds(1)));
    }
  },
  STRANGE_BODIES("bodies that are something else") {
    @Override
    void begin(Simulator simulator, long seed) {
      simulator.on(Operation.RETRIEVE_BLOB).sometimes(0.1, seed).meets(Fault.html());
      simulator.on(Operation.RETRIEVE_BLOB).sometimes(0.1, seed + 1).meets(Fault.emptyBody());
      simulator.on(Operation.RETRIEVE_BLOB).sometimes(0.1, seed + 2).meets(Fault.notGzip());
      simulator.on(Operation.LIST_CONTENT).sometimes(0.1, seed + 3).meets(Fault.objectForArray());
    }
  },
  SLOW("slow answers") {
    @Override
    void begin(Simulator simulator, long seed) {
      simulator
          .when("all requests", call -> true)
          .sometimes(0.3, seed)
          .meets(Fault.delayed(Duration.ofMillis(1_500)));
    }
  },
  REVOKED_TOKENS("all tokens revoked") {
    @Override
    void begin(Simulator simulator, long seed) {
      simulator.tenants().forEach(tenant -> tenant.revokeTokens());
    }
  };

  private final String label;

  ApiFaults(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** Scripts its faults; they meet requests until the simulator ends them. */
  abstract void begin(Simulator simulator, long seed);
}
