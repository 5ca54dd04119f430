/** What a feed hands over to Kafka, and what it reports of itself. */
@NullMarked
package io.github.auditstream.connect.office365.feed.records;

import org.jspecify.annotations.NullMarked;
