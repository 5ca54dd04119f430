package io.github.auditstream.connect.office365.feed.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapturedTailTest {

  @ParameterizedTest
  @CsvSource({"0,10", "1,1", "1000,7", "65536,65536", "65537,1000", "200001,4096", "200001,131072"})
  void passesOnAllBytesAndKeepsTheLast(int length, int chunk) throws Exception {
    byte[] body = new byte[length];
    new Random(length).nextBytes(body);
    CapturedTail tail = new CapturedTail(new ByteArrayInputStream(body));

    byte[] seen = readInChunks(tail, chunk, length);

    int kept = Math.min(length, CapturedTail.KEPT_BYTES);
    assertThat(seen).isEqualTo(body);
    assertThat(tail.count()).isEqualTo(length);
    assertThat(tail.tail())
        .isEqualTo(ByteBuffer.wrap(Arrays.copyOfRange(body, length - kept, length)));
    assertThat(tail.sha256Hex())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body)));
  }

  private static byte[] readInChunks(CapturedTail tail, int chunk, int length) throws IOException {
    byte[] seen = new byte[length + chunk];
    int at = 0;
    for (int read = tail.read(seen, at, chunk); read >= 0; read = tail.read(seen, at, chunk)) {
      at += read;
    }
    return Arrays.copyOf(seen, at);
  }
}
