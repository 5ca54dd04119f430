/**
 * Retrieves the blobs of a feed: in which order, how many at once and in how many bytes; reads
 * their bodies, and decides what follows a failure. Begins on the threads for listing, reads on
 * those for fetching.
 */
@NullMarked
package io.github.auditstream.connect.office365.feed.retrieval;

import org.jspecify.annotations.NullMarked;
