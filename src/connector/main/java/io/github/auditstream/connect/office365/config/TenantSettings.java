package io.github.auditstream.connect.office365.config;

import java.util.UUID;

/**
 * One tenant whose audit log is read.
 *
 * @param alias the name that the configuration gives it; a single unnamed tenant has the alias
 *     {@code default}
 * @param tenantId the directory id
 * @param clientId the app registration's application id; empty text for a system-assigned managed
 *     identity
 * @param credential how the application proves itself
 * @param publisherId sent as {@code PublisherIdentifier} with every request; defaults to the
 *     tenant's own id
 * @param requestsPerMinute this holder's share of the tenant's request quota, at least 1
 */
public record TenantSettings(
    String alias,
    UUID tenantId,
    String clientId,
    Credential credential,
    UUID publisherId,
    int requestsPerMinute) {
  public TenantSettings {
    if (requestsPerMinute < 1) {
      throw new IllegalArgumentException("requestsPerMinute must be at least 1");
    }
  }
}
