/**
 * Lists a feed's content: sees to the subscription, chooses between the live edge and the backlog,
 * plans windows, goes through their pages, and decides about entries that cannot be used. Runs on
 * the threads for listing, one request of a feed at a time.
 */
@NullMarked
package io.github.auditstream.connect.office365.feed.listing;

import org.jspecify.annotations.NullMarked;
