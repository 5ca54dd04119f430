/**
 * The chaos run: a cluster that is killed, stopped, moved and misled for a while, and whether
 * everything arrived once nevertheless.
 */
@NullMarked
package io.github.auditstream.connect.office365.quickstart.chaos;

import org.jspecify.annotations.NullMarked;
