/**
 * Tries out whether the tenants of a configuration can be read: token, consent, subscriptions,
 * auditing. Changes nothing at Microsoft.
 */
@NullMarked
package io.github.auditstream.connect.office365.preflight;

import org.jspecify.annotations.NullMarked;
