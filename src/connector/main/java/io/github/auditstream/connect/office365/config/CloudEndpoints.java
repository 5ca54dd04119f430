package io.github.auditstream.connect.office365.config;

import java.net.URI;
import java.util.stream.Stream;

/**
 * The hosts of one Microsoft cloud. Each is a scheme and authority without a path, for example
 * {@code https://manage.office.com}.
 *
 * @param management the Management Activity API's root; it is the token's audience too
 * @param authority the Entra ID login host
 * @param graph Microsoft Graph's root; the audience of its tokens too
 */
public record CloudEndpoints(URI management, URI authority, URI graph) {

  /** Whether the configuration names them one by one, rather than a Microsoft cloud. */
  public boolean custom() {
    return Stream.of(Cloud.values())
        .noneMatch(cloud -> cloud.endpoints().filter(this::equals).isPresent());
  }
}
