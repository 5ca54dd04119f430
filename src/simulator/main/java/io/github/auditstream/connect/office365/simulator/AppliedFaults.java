package io.github.auditstream.connect.office365.simulator;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The faults that one request meets. */
record AppliedFaults(List<Fault> faults) {

  boolean has(Fault fault) {
    return faults.contains(fault);
  }

  <F extends Fault> Optional<F> first(Class<F> kind) {
    return all(kind).findFirst();
  }

  <F extends Fault> Stream<F> all(Class<F> kind) {
    return faults.stream().filter(kind::isInstance).map(kind::cast);
  }

  List<String> labels() {
    return faults.stream().map(Fault::label).toList();
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }
}
