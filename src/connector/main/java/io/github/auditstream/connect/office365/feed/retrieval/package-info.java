/** How listed blobs are retrieved and read, and within which bounds. */
@NullMarked
package io.github.auditstream.connect.office365.feed.retrieval;

import org.jspecify.annotations.NullMarked;
