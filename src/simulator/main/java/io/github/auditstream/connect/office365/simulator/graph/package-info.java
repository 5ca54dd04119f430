/**
 * Microsoft Graph's audit log queries as the simulator keeps them: what a search asks for, how it
 * goes on, what it finds among the tenant's events, and how Graph writes an event. HTTP, tokens and
 * faults are in the package above, which this one does not know.
 */
@NullMarked
package io.github.auditstream.connect.office365.simulator.graph;

import org.jspecify.annotations.NullMarked;
