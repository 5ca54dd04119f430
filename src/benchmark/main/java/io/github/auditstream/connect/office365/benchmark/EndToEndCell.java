package io.github.auditstream.connect.office365.benchmark;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * One run of the packaged connector, from the API to committed records.
 *
 * @param latency of each of the API's answers
 * @param tasks {@code tasks.max}
 * @param exactlyOnce whether the worker writes in transactions
 * @param events that arrived
 * @param jsonBytes what they were as JSON
 * @param took from the first receipt that could be read to the last
 * @param wholeTook from the creation of the connector to the last receipt
 * @param requests to the API, those for tokens too
 * @param workerCpu processor time of the worker, from the connector's creation on
 * @param brokerCpu of the broker
 * @param simulatorCpu of the API's stand-in and of the benchmark itself
 * @param heap of the worker
 * @param residentBytes the worker's peak; empty where the system does not report it
 */
record EndToEndCell(
    Duration latency,
    int tasks,
    boolean exactlyOnce,
    long events,
    long jsonBytes,
    Duration took,
    Duration wholeTook,
    long requests,
    Duration workerCpu,
    Duration brokerCpu,
    Duration simulatorCpu,
    GcLog.Heap heap,
    OptionalLong residentBytes) {

  double eventsPerSecond() {
    return events / seconds(took);
  }

  double megabytesPerSecond() {
    return jsonBytes / 1e6 / seconds(took);
  }

  double workerMicrosPerEvent() {
    return micros(workerCpu);
  }

  double brokerMicrosPerEvent() {
    return micros(brokerCpu);
  }

  double simulatorMicrosPerEvent() {
    return micros(simulatorCpu);
  }

  double requestsPerEvent() {
    return (double) requests / events;
  }

  private double micros(Duration cpu) {
    return cpu.toNanos() / 1e3 / events;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
