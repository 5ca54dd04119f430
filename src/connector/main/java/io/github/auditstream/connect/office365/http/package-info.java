/**
 * HTTP clients with their TLS and proxy, bodies, and what a failed exchange means. Knows neither
 * API nor Kafka's records.
 */
@NullMarked
package io.github.auditstream.connect.office365.http;

import org.jspecify.annotations.NullMarked;
