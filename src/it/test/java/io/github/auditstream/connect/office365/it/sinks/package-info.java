/** The shipped sink files in {@code config/sinks} against the systems that they write to. */
@NullMarked
package io.github.auditstream.connect.office365.it.sinks;

import org.jspecify.annotations.NullMarked;
