package io.github.auditstream.connect.office365.event;

/**
 * Maps events that come from no blob, one after the other. Made by {@link
 * AuditEventMapper#singleEvents}; for one thread at a time.
 */
public final class SingleEvents {
  private final EventReader plain;
  private final EventReader ofDlp;

  SingleEvents(EventReader plain, EventReader ofDlp) {
    this.plain = plain;
    this.ofDlp = ofDlp;
  }

  /**
   * Maps an event. Its {@code ContentBlob} is null.
   *
   * @param json holds the event's text, from its opening brace to its closing one
   * @param dlp whether it takes the route of DLP events, whatever its workload; see {@link
   *     DlpRecordTypes}
   * @param maxHeapBytes how much of the heap the event may take
   * @throws UnmappableEventException as for an event of a blob, and for one that is larger than
   *     {@link BlobReader#DEFAULT_MAX_EVENT_BYTES} or would take more of the heap: a blob's reader
   *     refuses these for the same reasons
   */
  public AuditEvent map(byte[] json, int offset, int length, boolean dlp, long maxHeapBytes)
      throws UnmappableEventException {
    if (length > BlobReader.DEFAULT_MAX_EVENT_BYTES) {
      throw new UnmappableEventException(
          BlobReader.isLargerThan(BlobReader.DEFAULT_MAX_EVENT_BYTES));
    }
    try {
      return AuditEventMapper.map(dlp ? ofDlp : plain, json, offset, length, 0, maxHeapBytes);
    } catch (LargeEventException e) {
      throw new UnmappableEventException(BlobReader.takesMoreThan(maxHeapBytes));
    }
  }
}
