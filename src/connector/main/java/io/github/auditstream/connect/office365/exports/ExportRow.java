package io.github.auditstream.connect.office365.exports;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** One row of an export: what should be one event. A closed set. */
public sealed interface ExportRow {

  /** Its number in the file, from one; a header is no row. */
  long row();

  /**
   * A row with an event.
   *
   * @param row its number in the file, from one
   * @param json the event in the live form, in an array of its own, from its beginning to its end
   * @param id the event's Id, from the row's own column where the event has none
   * @param recordType its RecordType, if that is a whole number, be it as text
   */
  record Event(long row, ByteBuffer json, Optional<String> id, OptionalLong recordType)
      implements ExportRow {}

  /**
   * A row without a usable event. Reading the file anew does not help; nothing but a dead letter
   * keeps it.
   *
   * @param row its number in the file, from one
   * @param reason why, without its text
   * @param text the row as it is in the file, in UTF-8, or its first 64 KiB
   * @param textBytes how long it is in all
   */
  record Refused(long row, String reason, ByteBuffer text, long textBytes) implements ExportRow {}
}
