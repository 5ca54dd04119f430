package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.event.AuditEventMapper;
import io.github.auditstream.connect.office365.records.LargestEvent;
import java.util.function.DoubleSupplier;

/**
 * What all slices and files of a task share.
 *
 * @param steps runs their steps
 * @param outbox takes their records
 * @param known what is in the topics already
 * @param sources how far the live connector is
 * @param records makes the records
 * @param mapper makes events of JSON
 * @param largestEvent holds back what the producer would not take
 * @param random from 0 to 1, so that not everything is repeated at the same moment
 */
record HistoryTools(
    Steps steps,
    Outbox outbox,
    KnownEvents known,
    HistorySources sources,
    HistoryRecords records,
    AuditEventMapper mapper,
    LargestEvent largestEvent,
    DoubleSupplier random) {}
