package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.config.CatchUpOrder;
import io.github.auditstream.connect.office365.feed.ModelServer.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** One thing that happens in a history. Feeds are numbers, counted round. */
sealed interface ModelStep {

  /**
   * Content blobs are published: created some time ago, listed after some time, each the given
   * while older than the one before.
   */
  record Publish(
      int feed,
      int blobs,
      Duration age,
      Duration apart,
      Duration listedAfter,
      Duration lifetime,
      List<ModelBlob.Kind> elements,
      ModelBlob.Defect defect)
      implements ModelStep {}

  /** Time passes, and the worker polls and commits in it; zero for as often as it can. */
  record Run(Duration duration, Duration betweenPolls) implements ModelStep {}

  /** Time passes while the worker does not poll. */
  record Idle(Duration duration) implements ModelStep {}

  /**
   * Time passes without polls, then the worker polls and commits so often, and is killed when it
   * has committed so much of one poll more.
   */
  record Kill(Duration idle, int polls, int committedPercent) implements ModelStep {}

  /** The connector is stopped properly and stays down. */
  record Outage(Duration duration) implements ModelStep {}

  /** A person writes an offset that lies so long ago. */
  record Rewind(int feed, Duration back) implements ModelStep {}

  /** The connector is configured for another order of backlogs, and starts again. */
  record Reorder(CatchUpOrder order) implements ModelStep {}

  /** The next calls fail. */
  record FailCalls(Set<Operation> operations, ModelFault fault, int calls) implements ModelStep {}

  /** All calls fail for a while. */
  record FailFor(Set<Operation> operations, ModelFault fault, Duration duration)
      implements ModelStep {}

  /** A subscription is stopped by somebody else. */
  record Unsubscribe(int feed) implements ModelStep {}
}
