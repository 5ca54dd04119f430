/**
 * A simulator of Entra ID's token endpoint, of the Office 365 Management Activity API and of
 * Microsoft Graph's audit log queries over TLS: a tool to rehearse a deployment with, and the
 * counterpart of the integration tests. It is right by default; only faults are scripted. It writes
 * down what it published and every documented rule that a client broke.
 */
@NullMarked
package io.github.auditstream.connect.office365.simulator;

import org.jspecify.annotations.NullMarked;
