package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobReaderTest {

  private static final String THREE =
      "[{\"Id\":\"1\",\"Workload\":\"Exchange\"} , {\"Id\":\"2\",\"x\":\"}],[{\\\"\"},\r\n"
          + "{\"Id\":\"3\",\"UserId\":\"Jürgen\",\"n\":[[],{}]}]";

  @Test
  void readsEventsInTheirOrder() throws Exception {
    List<BlobElement> elements = Blobs.read(THREE);

    assertThat(elements).extracting(BlobElement::index).containsExactly(0L, 1L, 2L);
    assertThat(elements)
        .extracting(element -> ((BlobElement.Event) element).event().id().orElseThrow())
        .containsExactly("1", "2", "3");
    assertThat(elements)
        .extracting(element -> ((BlobElement.Event) element).event().jsonBytes())
        .containsExactly(32, 24, 41);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", " [ ] ", "\n[\t]\r\n", "\uFEFF[]", "\uFEFF \n[]"})
  void readsNothingFromAnEmptyArray(String body) throws Exception {
    assertThat(Blobs.read(body)).isEmpty();
  }

  @Test
  void skipsAByteOrderMark() throws Exception {
    assertThat(Blobs.read("\uFEFF" + THREE)).isEqualTo(Blobs.read(THREE));
  }

  @Test
  void keepsReturningTheEnd() throws Exception {
    try (BlobReader reader = reader("[{}]")) {
      assertThat(reader.next()).isNotNull();
      assertThat(reader.next()).isNull();
      assertThat(reader.next()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                        | empty
          ` `                       | empty
          `<html>[{}]</html>`       | HTML
          `{"error":{"code":"x"}}`  | object
          `null`                    | array
          `"text"`                  | array
          `[{}] x`                  | closing bracket
          `[{}][]`                  | closing bracket
          `[{}]]`                   | closing bracket
          `[{},]`                   | comma
          `[,{}]`                   | missing
          `[{},,{}]`                | missing
          `[{} {}]`                 | comma
          `[{};{}]`                 | comma
          `[{}`                     | cut short
          `[{},`                    | cut short
          `[`                       | cut short
          `[{"a":[}]`               | cut short
          `[}`                      | missing
          """)
  void refusesABodyThatIsNoArray(String body, String word) {
    assertThatThrownBy(() -> Blobs.read(body))
        .isInstanceOf(BrokenBlobException.class)
        .hasMessageContaining(word);
  }

  @Test
  void refusesEveryShorterBody() {
    byte[] whole = THREE.getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut < whole.length; cut++) {
      byte[] part = Arrays.copyOf(whole, cut);
      assertThatThrownBy(() -> Blobs.read(part))
          .as("the first %d bytes", cut)
          .isInstanceOf(BrokenBlobException.class);
    }
  }

  @Test
  void deliversTheCompleteElementsBeforeTheBreak() throws Exception {
    try (BlobReader reader = reader("[{\"Id\":\"1\"},{\"Id\":\"2\"},{\"Id\":")) {
      assertThat(reader.next()).isInstanceOf(BlobElement.Event.class);
      assertThat(reader.next()).isInstanceOf(BlobElement.Event.class);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(reader::next)
            .isInstanceOfSatisfying(
                BrokenBlobException.class,
                broken -> {
                  assertThat(broken.index()).isEqualTo(2);
                  assertThat(broken.reason()).contains("cut short");
                });
      }
    }
  }

  @Test
  void readsTheSameOneByteAtATime() throws Exception {
    byte[] whole = ("\uFEFF" + THREE).getBytes(StandardCharsets.UTF_8);
    assertThat(Blobs.read(Blobs.dribble(whole))).isEqualTo(Blobs.read(whole));
  }

  @Test
  void readsTheSameWhereverTheBufferEnds() throws Exception {
    String event = THREE.substring(1, THREE.length() - 1);
    for (int padding = 0; padding < 160; padding++) {
      String filler = "{\"f\":\"" + "é".repeat(32_700) + "x".repeat(padding) + "\"}";
      List<BlobElement> elements = Blobs.read("[" + filler + "," + event + "," + event + "]");
      assertThat(elements).hasSize(7).allMatch(BlobElement.Event.class::isInstance);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":tru}",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{\"a\":\"\\q\"}",
        "{a:1}",
        "{\"a\":01}",
        "{\"a\":\"\u0001\"}",
        "{\"a\":\u0000}",
        "{\"a\":[1}}",
        "{\"Secret\":\"person\"\u0007}",
        "[]",
        "[{\"a\":1}]",
        "12",
        "-",
        "\"a, ]text\"",
        "null",
        "truffle"
      })
  void refusesOnlyTheBrokenElement(String broken) throws Exception {
    List<BlobElement> elements = Blobs.read("[{\"Id\":\"1\"}," + broken + ",{\"Id\":\"3\"}]");

    assertThat(elements).hasSize(3);
    assertThat(elements.get(0)).isInstanceOf(BlobElement.Event.class);
    assertThat(elements.get(2)).isInstanceOf(BlobElement.Event.class);
    assertThat(elements.get(1))
        .isInstanceOfSatisfying(
            BlobElement.Refused.class,
            refused -> {
              assertThat(refused.index()).isEqualTo(1);
              assertThat(refused.json()).asString(StandardCharsets.UTF_8).isEqualTo(broken);
              assertThat(refused.jsonBytes()).isEqualTo(refused.json().length);
              assertThat(refused.reason()).isNotBlank().doesNotContain("person", "truffle");
            });
  }

  @Test
  void refusesWhatIsNotUtf8() throws Exception {
    byte[] body =
        "[{\"Id\":\"1\"},{\"Id\":\"#\"},{\"Id\":\"3\"}]".getBytes(StandardCharsets.US_ASCII);
    body[19] = (byte) 0xE9;

    List<BlobElement> elements = Blobs.read(body);

    assertThat(elements.get(1))
        .isInstanceOfSatisfying(
            BlobElement.Refused.class,
            refused -> {
              assertThat(refused.reason()).contains("UTF-8");
              assertThat(refused.json()).isEqualTo(Arrays.copyOfRange(body, 12, 22));
            });
    assertThat(elements.get(2)).isInstanceOf(BlobElement.Event.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesAnElementOverTheLimitAndGoesOn(boolean slowly) throws Exception {
    int limit = 100_000;
    String fits = "{\"a\":\"" + "x".repeat(limit - 8) + "\"}";
    String tooLarge = "{\"b\":\"\\\"]}" + "y".repeat(3 * limit) + "\",\"c\":[{}]}";
    byte[] body =
        ("[" + fits + "," + tooLarge + "," + fits.replace("x\"", "xx\"") + ",{\"Id\":\"4\"}]")
            .getBytes(StandardCharsets.UTF_8);
    InputStream stream = slowly ? Blobs.dribble(body) : new ByteArrayInputStream(body);

    try (BlobReader reader = new BlobReader(stream, Blobs.MAPPER, Blobs.GENERAL, limit)) {
      assertThat(reader.next()).isInstanceOf(BlobElement.Event.class);
      assertThat(reader.next())
          .isInstanceOfSatisfying(
              BlobElement.Refused.class,
              refused -> {
                assertThat(refused.jsonBytes()).isEqualTo(tooLarge.length());
                assertThat(refused.json())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(tooLarge.substring(0, 64 * 1024));
                assertThat(refused.reason()).contains("100000");
              });
      assertThat(reader.next())
          .isInstanceOfSatisfying(
              BlobElement.Refused.class,
              refused -> assertThat(refused.jsonBytes()).isEqualTo(limit + 1));
      assertThat(reader.next()).isInstanceOf(BlobElement.Event.class);
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void findsABlobCutShortInsideAnElementOverTheLimit() {
    byte[] body = ("[{\"a\":\"" + "x".repeat(200_000)).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () -> {
              try (BlobReader reader =
                  new BlobReader(
                      new ByteArrayInputStream(body), Blobs.MAPPER, Blobs.GENERAL, 1000)) {
                reader.next();
              }
            })
        .isInstanceOf(BrokenBlobException.class)
        .hasMessageContaining("cut short");
  }

  /** Counts who is in, and keeps what was asked in order. */
  private static final class Gate implements LargeElements {
    private final List<String> calls = new ArrayList<>();
    private boolean overdue;

    @Override
    public void enter() {
      calls.add("enter");
    }

    @Override
    public void leave() {
      calls.add("leave");
    }

    @Override
    public boolean isOverdue() {
      return overdue;
    }
  }

  @Test
  void givesUpALargeElementThatBlocksTheOthersTooLong() {
    Gate gate = new Gate();
    gate.overdue = true;
    String large = "{\"Id\":\"1\",\"Operation\":\"" + "x".repeat(1 << 20) + "\"}";

    assertThatThrownBy(
            () -> {
              try (BlobReader reader = gated("[" + large + "]", 1L << 30, gate)) {
                reader.next();
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in time");
    assertThat(gate.calls).containsExactly("enter", "leave");
  }

  private static BlobReader gated(String body, long maxHeapBytes, LargeElements gate) {
    return new BlobReader(
        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
        Blobs.MAPPER,
        Blobs.GENERAL,
        maxHeapBytes,
        gate);
  }

  private static String listOf(int count, String object) {
    return "{\"Workload\":\"Exchange\",\"AffectedItems\":["
        + String.join(",", Collections.nCopies(count, object))
        + "]}";
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void asksBeforeItHoldsALargeElementAndLeavesWithTheNext(boolean inMemoryOnly) throws Exception {
    String large = inMemoryOnly ? listOf(20_000, "{}") : "{\"a\":\"" + "x".repeat(300_000) + "\"}";
    Gate gate = new Gate();

    try (BlobReader reader =
        gated("[{\"Id\":\"1\"}," + large + ",{\"Id\":\"3\"}," + large + "]", 1L << 30, gate)) {
      assertThat(reader.next()).isInstanceOf(BlobElement.Event.class);
      assertThat(gate.calls).isEmpty();
      assertThat(reader.next()).isInstanceOf(BlobElement.Event.class);
      assertThat(reader.lastElement()).asString(StandardCharsets.UTF_8).isEqualTo(large);
      assertThat(gate.calls).containsExactly("enter");
      assertThat(reader.next()).isInstanceOf(BlobElement.Event.class);
      assertThat(gate.calls).containsExactly("enter", "leave");
      assertThat(reader.lastElement()).asString(StandardCharsets.UTF_8).isEqualTo("{\"Id\":\"3\"}");
      assertThat(reader.next()).isInstanceOf(BlobElement.Event.class);
    }
    assertThat(gate.calls).containsExactly("enter", "leave", "enter", "leave");
  }

  @Test
  void leavesWhenALargeElementIsCutShort() {
    Gate gate = new Gate();

    assertThatThrownBy(
            () -> {
              try (BlobReader reader = gated("[{\"a\":\"" + "x".repeat(300_000), 1L << 30, gate)) {
                reader.next();
              }
            })
        .isInstanceOf(BrokenBlobException.class);
    assertThat(gate.calls).containsExactly("enter", "leave");
  }

  @Test
  void isNotInWhileItSkipsAnElementOverTheLimit() throws Exception {
    Gate gate = new Gate();
    String over = "{\"a\":\"" + "x".repeat(BlobReader.DEFAULT_MAX_EVENT_BYTES) + "\"}";

    try (BlobReader reader = gated("[" + over + ",{\"Id\":\"2\"}]", 1L << 30, gate)) {
      assertThat(reader.next()).isInstanceOf(BlobElement.Refused.class);
      assertThat(gate.calls).containsExactly("enter", "leave");
      assertThat(reader.next()).isInstanceOf(BlobElement.Event.class);
    }
  }

  @Test
  void refusesAnEventThatSwellsTooFarWithItsText() throws Exception {
    String swelling = listOf(200_000, "{}");

    try (BlobReader reader =
        gated("[" + swelling + ",{\"Id\":\"2\"}]", 1L << 20, LargeElements.ANY)) {
      assertThat(reader.next())
          .isInstanceOfSatisfying(
              BlobElement.Refused.class,
              refused -> {
                assertThat(refused.json()).asString(StandardCharsets.UTF_8).isEqualTo(swelling);
                assertThat(refused.reason()).contains("1048576 bytes of memory");
              });
      assertThat(reader.next()).isInstanceOf(BlobElement.Event.class);
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void passesOnThatTheStreamFailed() {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the connection broke");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        };
    assertThatThrownBy(() -> Blobs.read(failing)).isInstanceOf(IOException.class);
  }

  @Test
  void closesTheStream() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream stream =
        new ByteArrayInputStream("[]".getBytes(StandardCharsets.UTF_8)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    new BlobReader(stream, Blobs.MAPPER, Blobs.GENERAL).close();
    assertThat(closed).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MAX_VALUE})
  void refusesAnInvalidLimit(int limit) {
    assertThatThrownBy(
            () -> new BlobReader(InputStream.nullInputStream(), Blobs.MAPPER, Blobs.GENERAL, limit))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static BlobReader reader(String body) {
    return new BlobReader(
        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
        Blobs.MAPPER,
        Blobs.GENERAL);
  }
}
