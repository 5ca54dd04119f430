package io.github.auditstream.connect.office365.graph;

import java.util.Optional;

/**
 * What stands around an event in a record. A fallback only, for events that lack it: {@code userId}
 * and {@code userPrincipalName} are crossed here, and {@code clientIp} is never set, so these are
 * left out.
 *
 * @param id the event's Id
 * @param createdDateTime when it happened, with {@code Z}
 * @param operation what happened
 * @param recordTypeName the record type's name; the event has its number
 * @see <a href="https://learn.microsoft.com/graph/api/resources/security-auditlogrecord">
 *     auditLogRecord</a>
 */
public record Envelope(
    Optional<String> id,
    Optional<String> createdDateTime,
    Optional<String> operation,
    Optional<String> recordTypeName) {}
