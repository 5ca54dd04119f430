package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.config.FeedSettings;
import io.github.auditstream.connect.office365.event.AuditEventMapper;
import io.github.auditstream.connect.office365.feed.retrieval.ByteBudget;
import io.github.auditstream.connect.office365.feed.retrieval.LargestEvent;
import io.github.auditstream.connect.office365.feed.tenant.RequestSlots;
import io.github.auditstream.connect.office365.feed.tenant.WakeUp;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * What the feeds of a task share.
 *
 * @param timer starts work after a pause; never does the work itself
 * @param listing plans listings and takes in what they bring; never waits for an answer
 * @param fetching reads blobs' bodies; must not queue them behind one another
 * @param listings how many listings and subscription checks are under way at once
 * @param retrievals how many retrievals are
 * @param budget bytes held between API and Kafka
 * @param wakeUp tells the task's thread that there is something to hand over
 * @param mapper of events to records
 * @param largestEvent holds back what the producer would not take
 * @param settings of the listing
 * @param mostWaiting while so many listed blobs of a feed wait, no more are listed
 * @param random numbers in [0, 1), for the spread of retries
 * @param crash is told of a programming error, so that the task fails instead of standing still
 */
public record FeedTools(
    ScheduledExecutorService timer,
    Executor listing,
    Executor fetching,
    RequestSlots listings,
    RequestSlots retrievals,
    ByteBudget budget,
    WakeUp wakeUp,
    AuditEventMapper mapper,
    LargestEvent largestEvent,
    FeedSettings settings,
    int mostWaiting,
    DoubleSupplier random,
    Consumer<Throwable> crash) {

  /** Runs the work on the executor after the pause; does nothing once the task stops. */
  public void after(Duration pause, Executor executor, Runnable work) {
    try {
      if (pause.isZero() || pause.isNegative()) {
        executor.execute(guarded(work));
      } else {
        // The handle is not needed: the timer drops what waits when it is shut down.
        var unused =
            timer.schedule(
                () -> after(Duration.ZERO, executor, work), pause.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (RejectedExecutionException e) {
      // The task is stopping.
      return;
    } catch (RuntimeException | Error e) {
      // Such as that no thread can be had: nobody else would hear of it.
      crash.accept(e);
    }
  }

  private Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        crash.accept(e);
      }
    };
  }
}
