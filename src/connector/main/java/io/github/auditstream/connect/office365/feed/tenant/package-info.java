/**
 * What the feeds of a tenant or of a task share, or what is known of one to all its parts: the
 * connection to the tenant, slots for requests, the scheduler, the wake-up of the task's thread, a
 * feed's health and activity. Safe for many threads.
 */
@NullMarked
package io.github.auditstream.connect.office365.feed.tenant;

import org.jspecify.annotations.NullMarked;
