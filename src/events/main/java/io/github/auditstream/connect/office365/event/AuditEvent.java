package io.github.auditstream.connect.office365.event;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;

/**
 * One event, ready to be sent.
 *
 * @param workload the route
 * @param id the event's {@code Id}; empty unless it is a text with at least one character
 * @param creationTime the event's {@code CreationTime}; empty where it is missing or no time
 * @param value the record's value, of the route's schema
 * @param jsonBytes how many bytes the event has in the blob
 * @param heapBytes about how many bytes of the heap it takes, with its value; rather more than less
 */
public record AuditEvent(
    Workload workload,
    Optional<String> id,
    Optional<Instant> creationTime,
    Struct value,
    int jsonBytes,
    long heapBytes) {}
