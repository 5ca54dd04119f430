/**
 * Floor (d): a connector that hands over events that it holds in memory, so that what Connect, the
 * converter and the broker cost can be seen without the API. Packed as a plugin of its own.
 */
@NullMarked
package io.github.auditstream.connect.office365.benchmark.memory;

import org.jspecify.annotations.NullMarked;
