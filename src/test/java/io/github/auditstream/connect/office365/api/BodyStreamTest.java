package io.github.auditstream.connect.office365.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class BodyStreamTest {
  private final BodyStream stream = new BodyStream(Duration.ofSeconds(60));
  private final Upstream upstream = new Upstream();

  private static final class Upstream implements Flow.Subscription {
    private long requested;
    private int cancelled;

    @Override
    public void request(long n) {
      requested += n;
    }

    @Override
    public void cancel() {
      cancelled++;
    }
  }

  @Test
  void asksForMoreOnlyWhenItHasReadWhatCame() throws IOException {
    stream.onSubscribe(upstream);
    assertThat(upstream.requested).isEqualTo(1);
    arrive("abc", "def");
    stream.readNBytes(3);
    assertThat(upstream.requested).as("while one arrival is read").isEqualTo(2);
    arrive("ghi");
    stream.readNBytes(3);
    assertThat(upstream.requested).as("before the next one is begun").isEqualTo(2);
    stream.readNBytes(1);
    assertThat(upstream.requested).isEqualTo(3);
  }

  @Test
  void readsToTheEndAndStaysThere() throws IOException {
    stream.onSubscribe(upstream);
    arrive("ab", "", "c");
    arrive();
    arrive("");
    arrive("d");
    stream.onComplete();
    assertThat(stream.readAllBytes()).asString(UTF_8).isEqualTo("abcd");
    assertThat(stream.read()).isEqualTo(-1);
    assertThat(stream.read(new byte[0])).isZero();
    stream.close();
    assertThat(upstream.cancelled).as("a complete body's connection is kept").isZero();
  }

  @Test
  void readsBytesAsUnsigned() throws IOException {
    stream.onSubscribe(upstream);
    stream.onNext(List.of(ByteBuffer.wrap(new byte[] {(byte) 0xff})));
    assertThat(stream.read()).isEqualTo(255);
  }

  @Test
  void givesWhatCameBeforeItBroke() throws IOException {
    stream.onSubscribe(upstream);
    arrive("ab");
    stream.onError(new IOException("secret"));
    assertThat(stream.readNBytes(2)).asString(UTF_8).isEqualTo("ab");
    assertThatIOException()
        .isThrownBy(stream::read)
        .withMessage("the connection broke inside the body");
    assertThatIOException().as("again").isThrownBy(stream::read);
  }

  @Test
  void cancelsOnceWhenClosedEarly() {
    stream.onSubscribe(upstream);
    arrive("ab");
    stream.close();
    stream.close();
    assertThat(upstream.cancelled).isEqualTo(1);
    assertThatIOException().isThrownBy(stream::read).withMessage("the body was closed");
  }

  @Test
  void cancelsASubscriptionThatComesTooLate() {
    stream.close();
    stream.onSubscribe(upstream);
    assertThat(upstream.cancelled).isEqualTo(1);
    assertThat(upstream.requested).isZero();
  }

  private void arrive(String... parts) {
    List<ByteBuffer> buffers = new ArrayList<>();
    for (String part : parts) {
      buffers.add(ByteBuffer.wrap(part.getBytes(UTF_8)));
    }
    stream.onNext(buffers);
  }
}
