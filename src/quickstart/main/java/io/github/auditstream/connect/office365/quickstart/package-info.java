/** The quick start: the whole way from a simulated tenant to decoded records, on one machine. */
@NullMarked
package io.github.auditstream.connect.office365.quickstart;

import org.jspecify.annotations.NullMarked;
