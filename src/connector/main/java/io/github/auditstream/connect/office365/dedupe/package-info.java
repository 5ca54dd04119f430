/**
 * What Kafka's topics have already: the Ids of their events, exact and in bounded memory, and the
 * gaps that status records report. Knows no HTTP and writes nothing.
 */
@NullMarked
package io.github.auditstream.connect.office365.dedupe;

import org.jspecify.annotations.NullMarked;
