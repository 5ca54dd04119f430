/**
 * Exported files of the audit log, row by row in bounded memory: those of the Purview portal, of
 * Search-UnifiedAuditLog and of the tools that forensics use. {@code ExportFolder} says which files
 * are complete, {@code ExportFile} reads one. Knows no Kafka.
 */
@NullMarked
package io.github.auditstream.connect.office365.exports;

import org.jspecify.annotations.NullMarked;
