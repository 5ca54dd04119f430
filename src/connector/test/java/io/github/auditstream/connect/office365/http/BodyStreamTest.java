package io.github.auditstream.connect.office365.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class BodyStreamTest {
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor();

  private final BodyStream stream = BodyStream.streamed(Duration.ofSeconds(60), 4, TIMER);
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

  @AfterAll
  static void end() {
    TIMER.shutdownNow();
  }

  @Test
  void holdsSoMuchAheadOfItsReaderAndNoMore() throws IOException {
    stream.onSubscribe(upstream);
    assertThat(upstream.requested).isEqualTo(1);
    arrive("ab");
    assertThat(upstream.requested).as("there is room for more").isEqualTo(2);
    arrive("cd", "ef");
    assertThat(upstream.requested).as("more than is to be held").isEqualTo(2);
    stream.readNBytes(2);
    assertThat(upstream.requested).as("still as much").isEqualTo(2);
    stream.readNBytes(1);
    assertThat(upstream.requested).as("room again").isEqualTo(3);
    stream.readNBytes(3);
    assertThat(upstream.requested).as("asked once for what has not come").isEqualTo(3);
  }

  @Test
  void isHandedOverWithItsEnd() {
    stream.onSubscribe(upstream);
    arrive("ab");
    assertThat(handedOut()).isFalse();
    stream.onComplete();
    assertThat(handedOut()).isTrue();
  }

  @Test
  void isHandedOverWhenTheBufferIsFull() {
    stream.onSubscribe(upstream);
    arrive("abcd");
    assertThat(handedOut()).isTrue();
  }

  @Test
  void isHandedOverWhenItBreaks() {
    stream.onSubscribe(upstream);
    stream.onError(new IOException("broken"));
    assertThat(handedOut()).isTrue();
  }

  @Test
  void isHandedOverInPartWhereTheRestDoesNotArrive() throws Exception {
    BodyStream slow = BodyStream.streamed(Duration.ofMillis(1), 4, TIMER);
    slow.onSubscribe(upstream);
    slow.onNext(List.of(ByteBuffer.wrap("ab".getBytes(UTF_8))));
    slow.getBody().toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThat(slow.readNBytes(2)).asString(UTF_8).isEqualTo("ab");
    assertThatIOException().isThrownBy(slow::read).isInstanceOf(BodyStream.StalledException.class);
  }

  @Test
  void timesOutWhereTheWholeBodyIsWantedAndDrips() throws Exception {
    BodyStream slow = BodyStream.whole(Duration.ofMillis(1), 1 << 20, TIMER);
    slow.onSubscribe(upstream);
    slow.onNext(List.of(ByteBuffer.wrap(new byte[100_000])));
    slow.getBody().toCompletableFuture().get(60, TimeUnit.SECONDS);
    slow.onNext(List.of(ByteBuffer.wrap(new byte[1])));
    assertThatIOException()
        .isThrownBy(slow::readAllBytes)
        .isInstanceOf(BodyStream.StalledException.class);
  }

  @Test
  void timesOutEvenAfterDataWasHandedOver() throws Exception {
    BodyStream slow = BodyStream.whole(Duration.ofMillis(1), 4, TIMER);
    slow.onSubscribe(upstream);
    slow.onNext(List.of(ByteBuffer.wrap("abcd".getBytes(UTF_8))));
    slow.getBody().toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThatIOException()
        .isThrownBy(slow::readAllBytes)
        .isInstanceOf(BodyStream.StalledException.class);
  }

  private boolean handedOut() {
    return stream.getBody().toCompletableFuture().isDone();
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
  void returnsWhatCameBeforeTheBreak() throws IOException {
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
