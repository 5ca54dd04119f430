/**
 * The fault matrix: each row is one fault that meets a real connector, and what must come of it.
 */
@NullMarked
package io.github.auditstream.connect.office365.it.matrix;

import org.jspecify.annotations.NullMarked;
