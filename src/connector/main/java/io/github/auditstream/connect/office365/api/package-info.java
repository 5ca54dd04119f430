/**
 * The Office 365 Management Activity API: requests, answers, paging, error codes and quota. Knows
 * no Kafka.
 */
@NullMarked
package io.github.auditstream.connect.office365.api;

import org.jspecify.annotations.NullMarked;
