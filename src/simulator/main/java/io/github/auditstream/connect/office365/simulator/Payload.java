package io.github.auditstream.connect.office365.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** An answer's body in the two forms that it can be sent in. */
interface Payload {

  byte[] plain();

  byte[] gzip();

  static Payload of(byte[] plain) {
    return new Payload() {
      @Override
      public byte[] plain() {
        return plain;
      }

      @Override
      public byte[] gzip() {
        return compress(plain);
      }
    };
  }

  /** Gzip at the fastest level: the simulator must cost less than the client that it measures. */
  static byte[] compress(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.max(64, plain.length / 6));
    try (GZIPOutputStream gzip =
        new GZIPOutputStream(bytes, 8192) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        }) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
