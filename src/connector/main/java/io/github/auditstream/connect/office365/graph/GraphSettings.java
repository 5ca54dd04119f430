package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.config.EndpointRule;
import io.github.auditstream.connect.office365.config.InvalidValueException;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/**
 * Where and how Microsoft Graph is asked about one tenant.
 *
 * @param root Graph's root: scheme and authority without a path, {@code https} unless the host is
 *     this machine's loopback (a simulator). No request ever goes anywhere else
 * @param tenantId the directory id, for messages: Graph takes the tenant from the token
 * @param requestTimeout the longest wait for an answer's headers, and for the next bytes of its
 *     body
 * @param userAgent the {@code User-Agent} header
 * @param pageSize how many records a page is asked to hold. Neither the default nor the most that
 *     Graph takes is documented; 200 to 10,000 are used without an error
 * @param largestRecordBytes a larger record is refused, and the page goes on
 */
public record GraphSettings(
    URI root,
    UUID tenantId,
    Duration requestTimeout,
    String userAgent,
    int pageSize,
    int largestRecordBytes) {
  /** A page of this size is used by other clients without an error. */
  public static final int DEFAULT_PAGE_SIZE = 999;

  /** As much as an event of the Management Activity API may have. */
  public static final int DEFAULT_LARGEST_RECORD_BYTES = 32 * 1024 * 1024;

  public GraphSettings {
    try {
      EndpointRule.read(root.toString(), true);
    } catch (InvalidValueException e) {
      throw new IllegalArgumentException("the Graph endpoint " + e.getMessage());
    }
    if (requestTimeout.isZero() || requestTimeout.isNegative()) {
      throw new IllegalArgumentException("requestTimeout must be positive");
    }
    if (pageSize < 1) {
      throw new IllegalArgumentException("pageSize must be at least 1");
    }
    if (largestRecordBytes < 1 || largestRecordBytes > 1 << 30) {
      throw new IllegalArgumentException("largestRecordBytes must be from 1 to 2^30");
    }
  }

  /** With the default sizes. */
  public GraphSettings(URI root, UUID tenantId, Duration requestTimeout, String userAgent) {
    this(
        root, tenantId, requestTimeout, userAgent, DEFAULT_PAGE_SIZE, DEFAULT_LARGEST_RECORD_BYTES);
  }
}
