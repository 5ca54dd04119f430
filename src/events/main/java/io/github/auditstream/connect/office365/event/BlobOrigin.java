package io.github.auditstream.connect.office365.event;

import java.time.Instant;

/**
 * Where an event came from.
 *
 * @param tenant the tenant's id
 * @param contentType as the API writes it, for example {@code Audit.Exchange}
 * @param contentId the blob's id
 * @param contentCreated when the blob became available
 */
public record BlobOrigin(
    String tenant, String contentType, String contentId, Instant contentCreated) {

  private static final String DLP_CONTENT_TYPE = "DLP.All";

  /** Whether its events take the route of DLP events, whatever their workload. */
  boolean isDlp() {
    return contentType.equals(DLP_CONTENT_TYPE);
  }
}
