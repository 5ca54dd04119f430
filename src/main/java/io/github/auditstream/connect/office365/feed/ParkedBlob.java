package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.api.ContentBlob;
import java.time.Instant;
import java.util.Optional;

/**
 * A content blob that could not be fetched or read to its end, put aside so that it does not hold
 * up the others, and tried again until it expires.
 *
 * @param blob as it was listed
 * @param nextIndex index in the blob of the first event that is not in Kafka yet
 * @param lastEventId Id of the event before it, to find the place again; empty where it had none
 * @param attempts how often it was tried in all
 * @param retryAt when it is tried next; never later than the blob's expiration
 * @param cause why the last attempt failed: the outcome's kind and, after a slash, its code
 */
record ParkedBlob(
    ContentBlob blob,
    long nextIndex,
    Optional<String> lastEventId,
    int attempts,
    Instant retryAt,
    String cause) {}
