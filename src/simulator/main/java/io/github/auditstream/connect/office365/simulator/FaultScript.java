package io.github.auditstream.connect.office365.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** All scripted faults. Thread-safe. */
final class FaultScript {
  private final CopyOnWriteArrayList<FaultPoint> points = new CopyOnWriteArrayList<>();

  FaultPoint point(String name, Predicate<Call> where) {
    return new FaultPoint(name, where, this);
  }

  void add(FaultPoint point) {
    points.addIfAbsent(point);
  }

  void clear() {
    points.clear();
  }

  List<Fault> meetsNow(Call call) {
    if (points.isEmpty()) {
      return List.of();
    }
    List<Fault> faults = new ArrayList<>();
    for (FaultPoint point : points) {
      faults.addAll(point.meetsNow(call));
    }
    return faults;
  }

  List<String> notMet() {
    return points.stream().flatMap(point -> point.notMet().stream()).toList();
  }
}
