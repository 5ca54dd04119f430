package io.github.auditstream.connect.office365.graph;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event in the form of the Management Activity API, made of a value of {@code auditData},
 * wherever that was found.
 *
 * @param json the event byte for byte, but without OData's annotations and without the {@code Z} at
 *     the end of {@code CreationTime}. What it lacks of Id, CreationTime and Operation is put at
 *     its end from the envelope. In an array of its own, from its beginning to its end
 * @param id the event's Id; empty where the envelope has none either
 * @param recordType its RecordType, if that is a whole number, be it as text
 */
public record AuditData(ByteBuffer json, Optional<String> id, OptionalLong recordType) {

  /**
   * Reads one value of {@code auditData}.
   *
   * @param value a JSON object, or a JSON text that holds one, in UTF-8; stays as it is
   * @param around what it takes from where the event lacks it
   */
  public static AuditData read(byte[] value, Envelope around) throws MalformedAuditDataException {
    return EventReader.read(value, around);
  }

  /**
   * Reads an object of an export: a record with its {@code auditData}, as Graph has it or as
   * PowerShell's Search-UnifiedAuditLog writes it ({@code AuditData}, a text), or an event alone.
   *
   * @param object a JSON object in UTF-8; stays as it is
   */
  public static AuditData readExported(byte[] object) throws MalformedAuditDataException {
    return RecordReader.readExported(object);
  }
}
