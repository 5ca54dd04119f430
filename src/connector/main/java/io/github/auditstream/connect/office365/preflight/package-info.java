/**
 * Tries out whether a worker can use what a configuration names, and whether its tenants can be
 * read: token, consent, subscriptions or audit log queries, auditing. Changes nothing at Microsoft.
 */
@NullMarked
package io.github.auditstream.connect.office365.preflight;

import org.jspecify.annotations.NullMarked;
