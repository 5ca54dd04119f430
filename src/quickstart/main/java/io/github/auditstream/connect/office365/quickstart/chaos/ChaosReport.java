package io.github.auditstream.connect.office365.quickstart.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a chaos run did and found.
 *
 * @param options what was asked for
 * @param took how long steps were taken
 * @param steps how often each step was taken, by its words
 * @param apiFaults how often the API behaved so, by its words
 * @param workerKills SIGKILLs
 * @param brokerKills SIGKILLs
 * @param failures failed tasks and connectors that were restarted, by cause
 * @param refusals of requests to a worker's REST API
 * @param leaderRestarts rounds of worker restarts since the leader could not write any more
 * @param faultyRequests requests to the simulated API that were answered wrongly on purpose
 * @param events published
 * @param blobs published
 * @param lost events that were published and are in no topic
 * @param twice events that are in the topics more often than published
 * @param completeReceipts blobs with exactly one receipt whose sums are true
 * @param errors what is wrong, in words; empty if nothing is
 */
public record ChaosReport(
    ChaosOptions options,
    Duration took,
    Map<String, Integer> steps,
    Map<String, Integer> apiFaults,
    int workerKills,
    int brokerKills,
    Map<String, Integer> failures,
    int refusals,
    int leaderRestarts,
    long faultyRequests,
    long events,
    long blobs,
    long lost,
    long twice,
    long completeReceipts,
    List<String> errors) {

  /** For people: numbers first, the judgement last. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        text(
            "Seed %d: %d steps in %s, %d SIGKILLs to workers, %d to the broker",
            options.seed(), sum(steps), seconds(took), workerKills, brokerKills));
    table(lines, steps);
    lines.add(text("The API, %,d requests met a fault", faultyRequests));
    table(lines, apiFaults);
    lines.add(
        text(
            "Failed tasks restarted: %d; requests to a worker that were refused: %d;"
                + " workers restarted for their leader: %d",
            sum(failures), refusals, leaderRestarts));
    table(lines, failures);
    lines.add(text("Published %,d events in %,d blobs", events, blobs));
    lines.add(text("Lost %,d, twice %,d; complete receipts %,d", lost, twice, completeReceipts));
    if (errors.isEmpty()) {
      lines.add("Nothing lost, nothing twice, a true receipt for every blob.");
    } else {
      lines.addAll(errors);
    }
    lines.add("The same steps again: " + options.command());
    return lines;
  }

  private static void table(List<String> lines, Map<String, Integer> counts) {
    counts.forEach((what, times) -> lines.add(text("  %-45s %4d", what, times)));
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String seconds(Duration duration) {
    return text("%d s", duration.toSeconds());
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
