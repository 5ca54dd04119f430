/**
 * The months before the live connector, and the days that it missed: slices of a day, each an audit
 * log query, and export files.
 */
@NullMarked
package io.github.auditstream.connect.office365.history;

import org.jspecify.annotations.NullMarked;
