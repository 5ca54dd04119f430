/**
 * Audit event JSON to Connect Struct and back: schemas per workload, mapping and restoring. Knows
 * no HTTP.
 */
@NullMarked
package io.github.auditstream.connect.office365.event;

import org.jspecify.annotations.NullMarked;
