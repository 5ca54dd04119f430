package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.config.CatchUpOrder;
import io.github.auditstream.connect.office365.config.FeedSettings;
import io.github.auditstream.connect.office365.event.AuditEventMapper;
import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.feed.listing.ListingTools;
import io.github.auditstream.connect.office365.feed.retrieval.ByteBudget;
import io.github.auditstream.connect.office365.feed.retrieval.RetrievalTools;
import io.github.auditstream.connect.office365.feed.tenant.RequestSlots;
import io.github.auditstream.connect.office365.feed.tenant.Scheduler;
import io.github.auditstream.connect.office365.feed.tenant.WakeUp;
import io.github.auditstream.connect.office365.records.LargestEvent;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** What the feeds of a task share, in virtual time. */
final class VirtualTools {
  private static final long MAX_REQUEST_BYTES = 80_000;
  private static final long PLENTY_OF_BYTES = 1L << 40;
  private static final AuditEventMapper MAPPER = new AuditEventMapper(new EventSchemas());

  private VirtualTools() {}

  static FeedTools of(
      ModelWorld world,
      CatchUpOrder order,
      VirtualTime.Executor threads,
      DoubleSupplier random,
      Consumer<Throwable> crash) {
    Scheduler scheduler = new Scheduler(threads, threads, threads, crash);
    WakeUp wakeUp = new WakeUp();
    return new FeedTools(
        new ListingTools(
            scheduler,
            new RequestSlots(64, 0),
            wakeUp,
            new FeedSettings(world.lookback(), world.pollInterval(), world.overlap(), order),
            world.mostWaiting(),
            random),
        new RetrievalTools(
            scheduler,
            new RequestSlots(64, 16),
            wakeUp,
            new ByteBudget(PLENTY_OF_BYTES),
            MAPPER,
            new LargestEvent(MAX_REQUEST_BYTES),
            random));
  }
}
