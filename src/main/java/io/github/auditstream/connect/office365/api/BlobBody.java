package io.github.auditstream.connect.office365.api;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * A blob's body while it arrives, already gunzipped. For one thread. Closing it early drops the
 * connection.
 *
 * @param stream the JSON text's bytes; a broken connection or broken gzip shows as an {@link
 *     IOException} on reading
 */
public record BlobBody(InputStream stream) implements Closeable {
  @Override
  public void close() throws IOException {
    stream.close();
  }
}
