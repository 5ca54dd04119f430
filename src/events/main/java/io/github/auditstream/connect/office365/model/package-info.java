/**
 * The values that every room speaks of: content type, content blob, feed and secret. Uses no other
 * room.
 */
@NullMarked
package io.github.auditstream.connect.office365.model;

import org.jspecify.annotations.NullMarked;
