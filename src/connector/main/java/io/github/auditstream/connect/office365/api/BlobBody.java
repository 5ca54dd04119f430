package io.github.auditstream.connect.office365.api;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * A blob's body while it arrives, already gunzipped. One thread reads. Any thread may close it,
 * which ends a read under way and drops the connection if the body is not at its end.
 *
 * @param stream the JSON text's bytes; a broken connection or broken gzip shows as an {@link
 *     IOException} on reading, and so does one that stops arriving. An interrupted read throws
 *     {@link java.io.InterruptedIOException} and leaves the thread's flag set
 */
public record BlobBody(InputStream stream) implements Closeable {
  @Override
  public void close() throws IOException {
    stream.close();
  }
}
