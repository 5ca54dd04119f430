package io.github.auditstream.connect.office365.graph;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** One record of a query's result. A closed set. */
public sealed interface AuditLogRecord {

  /** Its place in the page, from zero. */
  long index();

  /**
   * A record with an event.
   *
   * @param index its place in the page
   * @param json the event in the live form, as {@link AuditData#json} has it
   * @param id the event's Id; empty where the envelope has none either
   * @param recordType its RecordType, if that is a whole number, be it as text
   * @param envelope what stood around it
   */
  record Event(
      long index, ByteBuffer json, Optional<String> id, OptionalLong recordType, Envelope envelope)
      implements AuditLogRecord {}

  /**
   * A record without a usable event. Reading the page anew does not help; nothing but a dead letter
   * keeps it.
   *
   * @param index its place in the page
   * @param reason why, without its text
   * @param text the record, or its beginning where it is too large
   * @param textBytes how long it is in all
   */
  record Refused(long index, String reason, ByteBuffer text, long textBytes)
      implements AuditLogRecord {}
}
