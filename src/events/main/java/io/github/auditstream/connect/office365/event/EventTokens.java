package io.github.auditstream.connect.office365.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one event, by Jackson's streaming parser, and the texts that belong to them.
 *
 * <p>Quickly, Jackson reads the bytes and makes the texts. It keeps all names, refuses long ones,
 * and what it makes of surrogates that are escaped depends on its release. Exactly, it only says
 * where the tokens are: every text comes from the bytes, and nothing but the depth is limited.
 *
 * <p>Reusable, for one thread.
 */
final class EventTokens {

  /** How deep arrays and objects may be nested; the event itself is the first level. */
  static final int MAX_DEPTH = 1_000;

  /** In bytes; so much, times the 6,000 names that Jackson keeps, is small. */
  private static final int LONGEST_KEPT_NAME = 512;

  private static final byte[] NOTHING = {};

  private static final JsonFactory QUICK = factory(LONGEST_KEPT_NAME, true);
  private static final JsonFactory EXACT = factory(Integer.MAX_VALUE, false);

  private final Consumer<@Nullable String> route;
  private final HeapMeter heap = new HeapMeter();
  private byte[] json = NOTHING;
  private int start;
  private int end;
  private boolean exact;
  private @Nullable JsonParser parser;

  /**
   * @param route is given the event's first {@code Workload}, null if that is no text
   */
  EventTokens(Consumer<@Nullable String> route) {
    this.route = route;
  }

  private static JsonFactory factory(int maxNameLength, boolean keepsNames) {
    return JsonFactory.builder()
        .disable(JsonFactory.Feature.CHARSET_DETECTION)
        // Events can bring names without end.
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, keepsNames)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNameLength(maxNameLength)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE)
                .build())
        .build();
  }

  /**
   * Begins an event.
   *
   * @param to where its bytes end at the latest
   * @param exactly whether all texts are to come from the bytes
   * @param heapBytes how much of the heap may be taken by what is made of it
   */
  void begin(byte[] bytes, int from, int to, boolean exactly, long heapBytes) throws IOException {
    json = bytes;
    start = from;
    end = to;
    exact = exactly;
    heap.reset(heapBytes);
    parser = open();
  }

  /** Goes back to where the event begins. */
  void beginAgain() throws IOException {
    parser().close();
    heap.reset();
    parser = open();
  }

  private JsonParser open() throws IOException {
    return exact
        ? EXACT.createParser(new SingleByteReader(json, start, end))
        : QUICK.createParser(json, start, end - start);
  }

  /** Lets go of the event and its bytes. */
  void end() {
    try {
      parser().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    parser = null;
    json = NOTHING;
  }

  JsonParser parser() {
    if (parser == null) {
      throw new IllegalStateException("no event has begun");
    }
    return parser;
  }

  HeapMeter heap() {
    return heap;
  }

  boolean exact() {
    return exact;
  }

  JsonToken next() throws IOException {
    return parser().nextToken();
  }

  JsonToken current() {
    return parser().currentToken();
  }

  /** Goes to the closing bracket, if the current token is an opening one. */
  void skip() throws IOException {
    parser().skipChildren();
  }

  /** Where the current token begins. */
  int position() {
    JsonLocation location = parser().currentTokenLocation();
    long offset = exact ? location.getCharOffset() : location.getByteOffset();
    // Where the bytes end too early, Jackson's reader has it too far behind.
    return (int) Math.min(start + offset, end);
  }

  /** The name of the property at hand. Its bytes of the heap are to be counted if it is kept. */
  String name() throws IOException {
    return exact ? string() : parser().currentName();
  }

  /** What the current token says, which is a string. */
  String text() throws IOException {
    String text = exact ? string() : parser().getText();
    count(text);
    return text;
  }

  /** The event's {@code Workload}, which decides the route; null if it is not text. */
  @Nullable String workload() throws IOException {
    String workload = ValueReader.text(this);
    route.accept(workload);
    return workload;
  }

  void count(String text) {
    if (exact) {
      heap.addText(text);
    } else {
      heap.addNarrowText(text.length());
    }
  }

  private String string() {
    int from = Math.min(position() + 1, end);
    int to = from;
    while (to < end && json[to] != '"') {
      to += json[to] == '\\' ? 2 : 1;
    }
    to = Math.min(to, end);
    return JsonQuote.unescape(new String(json, from, to - from, StandardCharsets.UTF_8));
  }

  /** The text from a position to the end of the value before the current token. */
  String cut(int from) {
    int to = position();
    while (json[to - 1] <= ',' && isBetweenValues(json[to - 1])) {
      to--;
    }
    String text = new String(json, from, to - from, StandardCharsets.UTF_8);
    count(text);
    return text;
  }

  private static boolean isBetweenValues(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == ',';
  }
}
