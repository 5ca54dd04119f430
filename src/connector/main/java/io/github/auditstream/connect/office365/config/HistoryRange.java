package io.github.auditstream.connect.office365.config;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which event times are read, and in which order.
 *
 * @param from the beginning; empty where only gaps and export files are read
 * @param until the end, not included; empty for the moment of the first start
 * @param gaps whether the live connector's gaps are read
 * @param order which end is read first
 * @param settledAfter how old a slice's end must be before it is read
 */
public record HistoryRange(
    Optional<Instant> from,
    Optional<Instant> until,
    boolean gaps,
    CatchUpOrder order,
    Duration settledAfter) {}
