/** Programs for the command line: adding up the receipts, and replaying dead letters. */
@NullMarked
package io.github.auditstream.connect.office365.tools;

import org.jspecify.annotations.NullMarked;
