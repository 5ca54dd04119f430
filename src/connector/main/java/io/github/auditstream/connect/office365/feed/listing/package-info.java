/** Which windows of content are listed, and when. */
@NullMarked
package io.github.auditstream.connect.office365.feed.listing;

import org.jspecify.annotations.NullMarked;
