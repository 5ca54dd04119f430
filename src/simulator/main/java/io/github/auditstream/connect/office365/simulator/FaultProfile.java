package io.github.auditstream.connect.office365.simulator;

import java.time.Duration;

/** Faults to rehearse with, by name. */
enum FaultProfile {
  /** Nothing goes wrong. */
  NONE {
    @Override
    void script(Simulator simulator, long seed) {}
  },
  /** What a bad day on the way to a cloud service looks like: a request in ten or so. */
  FLAKY {
    @Override
    void script(Simulator simulator, long seed) {
      simulator.on(Operation.RETRIEVE_BLOB).sometimes(0.03, seed).meets(Fault.cutAfter(700));
      simulator.on(Operation.RETRIEVE_BLOB).sometimes(0.03, seed + 1).meets(Fault.reset());
      simulator.on(Operation.RETRIEVE_BLOB).sometimes(0.02, seed + 2).meets(Fault.html());
      simulator
          .on(Operation.RETRIEVE_BLOB)
          .sometimes(0.03, seed + 3)
          .meets(Fault.afError(500, "AF50000"));
      simulator.on(Operation.LIST_CONTENT).sometimes(0.05, seed + 4).meets(Fault.status(503));
      simulator.on(Operation.LIST_CONTENT).sometimes(0.05, seed + 5).meets(Fault.pageLost());
      simulator.on(Operation.NEXT_PAGE).sometimes(0.05, seed + 6).meets(Fault.pageTokenExpired());
      simulator.on(Operation.CREATE_QUERY).sometimes(0.1, seed + 9).meets(Fault.closed());
      simulator
          .on(Operation.GET_QUERY)
          .sometimes(0.1, seed + 10)
          .meets(GraphFault.unknownError(503));
      simulator.on(Operation.LIST_RECORDS).sometimes(0.05, seed + 11).meets(Fault.cutAfter(700));
      simulator
          .on(Operation.NEXT_RECORDS)
          .sometimes(0.05, seed + 12)
          .meets(GraphFault.gatewayPage(502));
      simulator
          .on(Operation.TOKEN)
          .sometimes(0.2, seed + 7)
          .meets(Fault.tokenError(503, "temporarily_unavailable", 90033, "Try again later."));
      simulator
          .when("all requests", call -> true)
          .sometimes(0.02, seed + 8)
          .meets(Fault.delayed(Duration.ofSeconds(3)));
    }
  },
  /** The tenant's quota is used up by others now and then. */
  THROTTLED {
    @Override
    void script(Simulator simulator, long seed) {
      simulator
          .on(Operation.RETRIEVE_BLOB)
          .sometimes(0.05, seed)
          .meets(Fault.afError(403, "AF429"));
      simulator.on(Operation.LIST_CONTENT).sometimes(0.1, seed + 1).meets(Fault.bare429(429));
      simulator
          .on(Operation.LIST_CONTENT)
          .sometimes(0.05, seed + 2)
          .meets(Fault.afError(429, "AF429", Duration.ofSeconds(10)));
      simulator
          .on(Operation.CREATE_QUERY)
          .sometimes(0.2, seed + 3)
          .meets(GraphFault.tooManyRequests());
      simulator
          .on(Operation.NEXT_RECORDS)
          .sometimes(0.05, seed + 4)
          .meets(GraphFault.tooManyRequests(Duration.ofSeconds(10)));
    }
  };

  abstract void script(Simulator simulator, long seed);
}
