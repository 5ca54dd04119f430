/**
 * What a feed must not forget, and its form as a source offset. Values, but for {@code Watermarks},
 * which tell how the state goes on.
 */
@NullMarked
package io.github.auditstream.connect.office365.feed.offset;

import org.jspecify.annotations.NullMarked;
