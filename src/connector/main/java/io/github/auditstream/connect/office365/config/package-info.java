/**
 * Every configuration key, its documentation, default and validation, and the typed settings that
 * the other rooms take. Does no I/O.
 */
@NullMarked
package io.github.auditstream.connect.office365.config;

import org.jspecify.annotations.NullMarked;
