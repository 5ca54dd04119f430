package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.api.BlockingApi;
import io.github.auditstream.connect.office365.auth.TokenSource;

/**
 * The way to one tenant.
 *
 * @param tokens the source of the API's tokens
 * @param api asked with these
 */
public record TenantAccess(TokenSource tokens, BlockingApi api) {}
