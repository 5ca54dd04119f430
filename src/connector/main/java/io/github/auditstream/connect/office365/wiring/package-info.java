/** Puts a task, the preflight and the tools together from a configuration, a clock and ticks. */
@NullMarked
package io.github.auditstream.connect.office365.wiring;

import org.jspecify.annotations.NullMarked;
