/**
 * A real broker, real Connect workers and a real schema registry as processes of this machine, for
 * the quick start and the integration tests.
 */
@NullMarked
package io.github.auditstream.connect.office365.testkit;

import org.jspecify.annotations.NullMarked;
