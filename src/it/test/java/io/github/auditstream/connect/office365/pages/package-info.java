/** Compares the pages with what the code does. */
@NullMarked
package io.github.auditstream.connect.office365.pages;

import org.jspecify.annotations.NullMarked;
