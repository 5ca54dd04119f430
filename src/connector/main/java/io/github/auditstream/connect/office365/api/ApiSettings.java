package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.config.EndpointRule;
import io.github.auditstream.connect.office365.config.InvalidValueException;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/**
 * Where and how one tenant's Management Activity API is asked.
 *
 * @param management the API's root: scheme and authority without a path, {@code https} unless the
 *     host is this machine's loopback (a simulator). No request ever goes anywhere else
 * @param tenantId the directory id; it is part of every path
 * @param publisherId sent as {@code PublisherIdentifier} with every request
 * @param requestTimeout the longest wait for an answer's headers, and for the next bytes of its
 *     body
 * @param userAgent the {@code User-Agent} header
 */
public record ApiSettings(
    URI management, UUID tenantId, UUID publisherId, Duration requestTimeout, String userAgent) {
  public ApiSettings {
    try {
      EndpointRule.read(management.toString(), true);
    } catch (InvalidValueException e) {
      throw new IllegalArgumentException("the management endpoint " + e.getMessage());
    }
    if (requestTimeout.isZero() || requestTimeout.isNegative()) {
      throw new IllegalArgumentException("requestTimeout must be positive");
    }
  }
}
