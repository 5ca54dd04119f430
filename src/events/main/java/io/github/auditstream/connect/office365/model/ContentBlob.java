package io.github.auditstream.connect.office365.model;

import java.net.URI;
import java.time.Instant;

/**
 * A content blob as {@code GET /subscriptions/content} lists it.
 *
 * @param contentType the listed content type
 * @param contentId opaque and unique; never parsed
 * @param contentUri where it is retrieved, exactly as listed
 * @param contentCreated when the blob became available (not when its events happened); milliseconds
 * @param contentExpiration when it can no longer be retrieved
 */
public record ContentBlob(
    ContentType contentType,
    String contentId,
    URI contentUri,
    Instant contentCreated,
    Instant contentExpiration) {}
