package io.github.auditstream.connect.office365.config;

import java.net.URI;

/**
 * The hosts of one Microsoft cloud. Each is a scheme and authority without a path, for example
 * {@code https://manage.office.com}.
 *
 * @param management the Management Activity API's root; it is the token's audience too
 * @param authority the Entra ID login host
 * @param graph Microsoft Graph's root
 */
public record CloudEndpoints(URI management, URI authority, URI graph) {}
