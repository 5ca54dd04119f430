/** What a feed must not forget, and its form as a source offset. */
@NullMarked
package io.github.auditstream.connect.office365.feed.offset;

import org.jspecify.annotations.NullMarked;
