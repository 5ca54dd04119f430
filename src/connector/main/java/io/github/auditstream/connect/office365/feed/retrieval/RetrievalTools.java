package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.event.AuditEventMapper;
import io.github.auditstream.connect.office365.feed.tenant.RequestSlots;
import io.github.auditstream.connect.office365.feed.tenant.Scheduler;
import io.github.auditstream.connect.office365.feed.tenant.WakeUp;
import io.github.auditstream.connect.office365.records.LargestEvent;
import java.util.function.DoubleSupplier;

/**
 * What the retrievals of a task share.
 *
 * @param requests how many retrievals are under way at once
 * @param wakeUp notifies the task's thread that there is something to hand over
 * @param budget bytes held between API and Kafka
 * @param mapper of events to records
 * @param largestEvent holds back what the producer would not take
 * @param random numbers in [0, 1), for the spread of retries
 */
public record RetrievalTools(
    Scheduler scheduler,
    RequestSlots requests,
    WakeUp wakeUp,
    ByteBudget budget,
    AuditEventMapper mapper,
    LargestEvent largestEvent,
    DoubleSupplier random) {}
