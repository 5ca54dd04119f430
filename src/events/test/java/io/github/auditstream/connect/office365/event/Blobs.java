package io.github.auditstream.connect.office365.event;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Short ways through the reader and the mapper. */
final class Blobs {

  static final AuditEventMapper MAPPER = new AuditEventMapper(new EventSchemas());

  static final BlobOrigin GENERAL =
      new BlobOrigin(
          "11111111-2222-3333-4444-555555555555",
          "Audit.General",
          "20260801100000120$blob",
          Instant.parse("2026-08-01T10:00:00.120Z"));

  private Blobs() {}

  static BlobOrigin origin(String contentType) {
    return new BlobOrigin(
        GENERAL.tenant(), contentType, GENERAL.contentId(), GENERAL.contentCreated());
  }

  static AuditEvent map(String json) throws UnmappableEventException {
    return map(json, GENERAL);
  }

  static AuditEvent map(String json, BlobOrigin origin) throws UnmappableEventException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return MAPPER.map(bytes, 0, bytes.length, origin, 0);
  }

  static List<BlobElement> read(String body) throws IOException, BrokenBlobException {
    return read(body.getBytes(StandardCharsets.UTF_8));
  }

  static List<BlobElement> read(byte[] body) throws IOException, BrokenBlobException {
    return read(new ByteArrayInputStream(body));
  }

  static List<BlobElement> read(InputStream body) throws IOException, BrokenBlobException {
    List<BlobElement> elements = new ArrayList<>();
    try (BlobReader reader = new BlobReader(body, MAPPER, GENERAL)) {
      BlobElement element;
      while ((element = reader.next()) != null) {
        elements.add(element);
      }
    }
    return elements;
  }

  /** One byte at a call, as the slowest network would bring it. */
  static InputStream dribble(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, 1));
      }
    };
  }
}
