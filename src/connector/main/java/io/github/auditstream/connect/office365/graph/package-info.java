/**
 * A client for Microsoft Graph: audit log queries, their records, error codes and units. Can be
 * used alone. Knows no Kafka.
 */
@NullMarked
package io.github.auditstream.connect.office365.graph;

import org.jspecify.annotations.NullMarked;
