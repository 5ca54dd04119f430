/** Single message transforms for sinks that read the connector's topics. */
@NullMarked
package io.github.auditstream.connect.office365.transforms;

import org.jspecify.annotations.NullMarked;
