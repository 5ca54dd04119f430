package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.graph.AuditLogQueries;

/**
 * The way to one tenant's audit log queries.
 *
 * @param tokens the source of Microsoft Graph's tokens
 * @param queries asked with these
 */
public record QueryAccess(TokenSource tokens, AuditLogQueries queries) {}
