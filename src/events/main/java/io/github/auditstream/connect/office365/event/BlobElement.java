package io.github.auditstream.connect.office365.event;

/** What is at one place of a blob's array. */
public sealed interface BlobElement {

  /** The place in the blob, from 0. Refused elements count. */
  long index();

  /** An event that was read. */
  record Event(long index, AuditEvent event) implements BlobElement {}

  /**
   * An element that is no readable event. The reader goes on behind it.
   *
   * @param reason what is wrong with it, without any of its content
   * @param json its bytes, or the first 64 KiB of an element over the size limit. Not copied: the
   *     receiver owns the array
   * @param jsonBytes how many bytes the element has in the blob
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Refused(long index, String reason, byte[] json, long jsonBytes) implements BlobElement {}
}
