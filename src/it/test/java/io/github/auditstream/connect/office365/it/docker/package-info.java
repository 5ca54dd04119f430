/**
 * The images and what is composed of them, on a real Docker daemon: {@code mvn -Pdocker verify}.
 */
@NullMarked
package io.github.auditstream.connect.office365.it.docker;

import org.jspecify.annotations.NullMarked;
