/** Receipts, status records and dead letters: what the connector says about its own work. */
@NullMarked
package io.github.auditstream.connect.office365.status;

import org.jspecify.annotations.NullMarked;
