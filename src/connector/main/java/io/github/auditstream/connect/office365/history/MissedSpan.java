package io.github.auditstream.connect.office365.history;

import java.time.Instant;

/**
 * A span whose content the live connector could not read.
 *
 * @param tenant the tenant's id
 * @param from content that was created from then on
 * @param until and before then
 */
public record MissedSpan(String tenant, Instant from, Instant until) {}
