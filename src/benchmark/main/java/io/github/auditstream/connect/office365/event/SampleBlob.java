package io.github.auditstream.connect.office365.event;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A content blob's body, gunzipped.
 *
 * @param workload of all its events
 * @param json not copied
 * @param events how many it has
 */
@SuppressWarnings("ArrayRecordComponent")
public record SampleBlob(Workload workload, BlobOrigin origin, byte[] json, int events) {

  /** Its events as the connector maps them. */
  public List<AuditEvent> mapped(AuditEventMapper mapper) {
    List<AuditEvent> mapped = new ArrayList<>(events);
    try (BlobReader reader = new BlobReader(new ByteArrayInputStream(json), mapper, origin)) {
      for (BlobElement element = reader.next(); element != null; element = reader.next()) {
        if (element instanceof BlobElement.Event event) {
          mapped.add(event.event());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (BrokenBlobException e) {
      throw new IllegalStateException("a blob of the sample is not an array of events", e);
    }
    return mapped;
  }
}
