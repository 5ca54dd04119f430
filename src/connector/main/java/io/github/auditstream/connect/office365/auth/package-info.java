/**
 * A bearer token for a tenant from Microsoft Entra ID. Knows neither the Management Activity API
 * nor Kafka.
 */
@NullMarked
package io.github.auditstream.connect.office365.auth;

import org.jspecify.annotations.NullMarked;
