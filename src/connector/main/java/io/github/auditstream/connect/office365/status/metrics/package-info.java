/** What the connector counts and measures, and how a worker's monitoring gets at it. */
@NullMarked
package io.github.auditstream.connect.office365.status.metrics;

import org.jspecify.annotations.NullMarked;
