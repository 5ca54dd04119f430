/** Holds the README to what the code does. */
@NullMarked
package io.github.auditstream.connect.office365.readme;

import org.jspecify.annotations.NullMarked;
