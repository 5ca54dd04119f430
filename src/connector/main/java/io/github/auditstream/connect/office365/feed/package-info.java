/**
 * One feed per tenant and content type: which windows to list, which content blobs are settled,
 * parked or late, and in which order they leave.
 */
@NullMarked
package io.github.auditstream.connect.office365.feed;

import org.jspecify.annotations.NullMarked;
