/** Checks that archives and Kubernetes resources are what they claim to be. */
@NullMarked
package io.github.auditstream.connect.office365.packaging;

import org.jspecify.annotations.NullMarked;
