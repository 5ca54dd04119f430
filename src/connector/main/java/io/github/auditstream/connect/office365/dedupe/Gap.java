package io.github.auditstream.connect.office365.dedupe;

import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Instant;

/**
 * A span of creation times of content that expired before the connector could read it.
 *
 * @param tenant the tenant's id
 * @param contentType the content type
 * @param from when it begins
 * @param until when it ends
 */
public record Gap(String tenant, ContentType contentType, Instant from, Instant until) {}
