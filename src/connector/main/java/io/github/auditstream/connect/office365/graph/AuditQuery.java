package io.github.auditstream.connect.office365.graph;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An audit log query as Graph describes it.
 *
 * @param ref where it is found again
 * @param displayName its name, by which it is found after a lost answer; empty text if it has none
 * @param status how far it is
 * @param start the beginning of its range of event times, where it can be read
 * @param end the end of that range; whether it belongs to the range is not documented
 * @param recordCountLimitExceeded whether records are missing: the only authority on that, and new
 *     since September 2026. Where it is absent nothing is known, and as many records as the limit
 *     have to be taken for too many
 * @param approximateReturnedRecordCount about how many records there are
 * @param recordCountLimit how many records a query may have; at least 1,000,000
 * @see <a href="https://learn.microsoft.com/graph/api/resources/security-auditlogquery">
 *     auditLogQuery</a>
 */
public record AuditQuery(
    QueryRef ref,
    String displayName,
    QueryStatus status,
    Optional<Instant> start,
    Optional<Instant> end,
    Optional<Boolean> recordCountLimitExceeded,
    OptionalLong approximateReturnedRecordCount,
    OptionalLong recordCountLimit) {}
