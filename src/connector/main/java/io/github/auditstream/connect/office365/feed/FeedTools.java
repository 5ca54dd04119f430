package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.feed.listing.ListingTools;
import io.github.auditstream.connect.office365.feed.retrieval.RetrievalTools;

/** What the feeds of a task share. */
record FeedTools(ListingTools listing, RetrievalTools retrieval) {}
