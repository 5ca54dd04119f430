/** Holds what is handed out, archives and Kubernetes resources, to what it says it is. */
@NullMarked
package io.github.auditstream.connect.office365.packaging;

import org.jspecify.annotations.NullMarked;
