/**
 * The connector and its tasks: turns a configuration into feeds, deals them to tasks and wires the
 * rooms together.
 */
@NullMarked
package io.github.auditstream.connect.office365;

import org.jspecify.annotations.NullMarked;
