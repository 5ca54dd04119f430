/**
 * What every task of the connectors needs to make source records of events: keys, timestamps, how
 * large a record may be, and what becomes of it.
 */
@NullMarked
package io.github.auditstream.connect.office365.records;

import org.jspecify.annotations.NullMarked;
