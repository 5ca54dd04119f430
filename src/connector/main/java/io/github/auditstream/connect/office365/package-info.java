/** The connector and its task, and which task reads which feed. */
@NullMarked
package io.github.auditstream.connect.office365;

import org.jspecify.annotations.NullMarked;
