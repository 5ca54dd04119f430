package io.github.auditstream.connect.office365.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class BoundedInputStreamTest {
  private static InputStream bounded(int bytes) {
    return new BoundedInputStream(new ByteArrayInputStream(new byte[bytes]), 10);
  }

  @Test
  void readsAsManyBytesAsItMay() throws IOException {
    assertThat(bounded(10).readAllBytes()).hasSize(10);
  }

  @Test
  void failsBehindTheLimitHoweverItIsRead() throws IOException {
    assertThatExceptionOfType(BoundedInputStream.TooLongException.class)
        .isThrownBy(() -> bounded(11).readAllBytes())
        .withMessage("the answer is longer than 10 bytes");
    InputStream byteByByte = bounded(11);
    for (int read = 0; read < 10; read++) {
      assertThat(byteByByte.read()).isZero();
    }
    assertThatExceptionOfType(BoundedInputStream.TooLongException.class)
        .isThrownBy(byteByByte::read);
  }
}
