/**
 * What a feed hands over to Kafka Connect: events, receipts, dead letters and status records, and
 * what becomes of them. Used by the task's thread, under the feed's lock.
 */
@NullMarked
package io.github.auditstream.connect.office365.feed.records;

import org.jspecify.annotations.NullMarked;
