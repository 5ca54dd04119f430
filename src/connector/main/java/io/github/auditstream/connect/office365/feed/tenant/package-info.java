/** What the feeds of a tenant share. */
@NullMarked
package io.github.auditstream.connect.office365.feed.tenant;

import org.jspecify.annotations.NullMarked;
