package io.github.auditstream.connect.office365.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.zip.GZIPInputStream;

/** Any bytes as a body on the wire, as they are or gzipped first, cut anywhere, in any pieces. */
class BodyFuzz {
  private static final int MOST_BYTES = 1 << 20;
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor();

  @FuzzTest(maxDuration = "20s")
  void isReadUnchangedOrFails(FuzzedDataProvider data) throws Exception {
    boolean gzip = data.consumeBoolean();
    boolean breaks = data.consumeBoolean();
    int pieceBytes = data.consumeInt(1, 64);
    int readBytes = data.consumeInt(1, 64);
    int cutBytes = data.consumeInt(0, 40);
    byte[] plain = data.consumeRemainingAsBytes();
    byte[] packed = gzip ? Reply.gzipped(plain) : plain;
    byte[] wire = Arrays.copyOf(packed, Math.max(0, packed.length - cutBytes));

    BodyStream stream = BodyStream.streamed(Duration.ofMinutes(10), 64, TIMER);
    feed(stream, wire, pieceBytes, breaks);
    byte[] read;
    try (Body body = new Body(stream)) {
      assertThat(body.opening()).isNotNull();
      read = read(body, readBytes);
    } catch (IOException e) {
      assertThat(breaks || expected(wire) == null).as("a body that is sound breaks").isTrue();
      return;
    }
    byte[] expected = expected(wire);
    // A gzip that is whole has said so by its checksum, whatever comes then.
    assertThat(breaks && !isGzip(wire)).as("a body that broke off passes for whole").isFalse();
    assertThat(expected).as("a gzip that is not whole passes for whole").isNotNull();
    assertThat(read).isEqualTo(expected);
    if (gzip && cutBytes == 0) {
      assertThat(read).isEqualTo(plain);
    }
  }

  private static void feed(BodyStream stream, byte[] wire, int pieceBytes, boolean breaks) {
    stream.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {}
        });
    for (int at = 0; at < wire.length; at += pieceBytes) {
      List<ByteBuffer> arrival = new ArrayList<>();
      arrival.add(ByteBuffer.wrap(wire, at, Math.min(pieceBytes, wire.length - at)).slice());
      stream.onNext(arrival);
    }
    if (breaks) {
      stream.onError(new IOException("broken"));
    } else {
      stream.onComplete();
    }
  }

  private static byte[] read(InputStream in, int readBytes) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[readBytes];
    for (int count = in.read(buffer);
        count >= 0 && all.size() < MOST_BYTES;
        count = in.read(buffer)) {
      all.write(buffer, 0, count);
    }
    return all.toByteArray();
  }

  private static boolean isGzip(byte[] wire) {
    return wire.length > 1 && (wire[0] & 0xff) == 0x1f && (wire[1] & 0xff) == 0x8b;
  }

  /** By the JDK's own reading of the whole; null where that fails. */
  private static byte[] expected(byte[] wire) {
    if (!isGzip(wire)) {
      return wire;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(wire))) {
      return in.readNBytes(MOST_BYTES);
    } catch (IOException e) {
      return null;
    }
  }
}
