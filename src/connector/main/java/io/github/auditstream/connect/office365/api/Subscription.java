package io.github.auditstream.connect.office365.api;

/**
 * A subscription as {@code GET /subscriptions/list} answers it.
 *
 * @param contentType the API's name of the content type; may be one that this connector does not
 *     know
 * @param enabled false for one that is disabled; an entry without a status counts as enabled
 */
public record Subscription(String contentType, boolean enabled) {}
