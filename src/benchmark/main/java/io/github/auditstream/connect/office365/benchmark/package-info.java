/**
 * The benchmark: how fast the packaged connector brings audit events into Kafka, what it costs, and
 * what would be possible at best on the same machine at the same time.
 */
@NullMarked
package io.github.auditstream.connect.office365.benchmark;

import org.jspecify.annotations.NullMarked;
