package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.auditstream.connect.office365.fixtures.HostileEvents;
import io.github.auditstream.connect.office365.fixtures.JsonFingerprint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a blob's body: split, mapped, and given back. */
class BlobFuzz {
  private static final int LARGEST_EVENT_BYTES = 4_096;
  private static final AuditEventRestorer RESTORER = new AuditEventRestorer();

  /** How the reading of a body ended: its elements, and the exception's words if one came. */
  private record Outcome(List<BlobElement> elements, String end) {
    boolean whole() {
      return end.isEmpty();
    }
  }

  static Stream<byte[]> seeds() {
    HostileEvents events = new HostileEvents(7);
    return Stream.of(
            "[]",
            "[{\"Id\":\"1\",\"Workload\":\"Exchange\",\"RecordType\":1},{},[],null]",
            "\uFEFF [ {\"CreationTime\":\"2026-08-01T10:00:00\",\"a\":[1.0,-0,1e3,\"\\ud83d\"]} ]",
            "{\"Id\":null,\"Id\":\"2\",\"#1:Id\":{},\"Work\\u006coad\":\"SharePoint\"}",
            "["
                + hostile(events, Workloads.DLP)
                + ","
                + hostile(events, Workloads.all().get(0))
                + "]")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hostile(HostileEvents events, Workload workload) {
    return events.event(workload.name(), new EventSchemas().forWorkload(workload));
  }

  @MethodSource("seeds")
  @DictionaryEntries({
    "\"Workload\":\"Exchange\"",
    "\"AdditionalProperties\":",
    "\"ContentBlob\":",
    "\\ud800",
    "1e400",
    "[{\"Name\":\"a\",\"Value\":\"b\"}]",
    "\u00ef\u00bb\u00bf"
  })
  @FuzzTest(maxDuration = "20s")
  void isSplitAndGivenBackOrRefused(byte[] body) throws Exception {
    Outcome outcome = read(new ByteArrayInputStream(body));

    Random sizes = new Random(Arrays.hashCode(body));
    Outcome inPieces = read(pieces(body, () -> 1 + sizes.nextInt(9)));
    assertThat(inPieces.end()).isEqualTo(outcome.end());
    assertThat(texts(inPieces.elements())).isEqualTo(texts(outcome.elements()));

    for (BlobElement element : outcome.elements()) {
      check(element);
    }
    boolean events = outcome.elements().stream().allMatch(BlobElement.Event.class::isInstance);
    if (outcome.whole() && events) {
      JsonFingerprint.assertSame(
          "[" + String.join(",", texts(outcome.elements())) + "]", withoutMark(decoded(body)));
    }
    if (body.length > 0 && body.length <= LARGEST_EVENT_BYTES) {
      mapAlone(body);
    }
  }

  private static Outcome read(InputStream body) throws IOException {
    List<BlobElement> elements = new ArrayList<>();
    try (BlobReader reader =
        new BlobReader(body, Blobs.MAPPER, Blobs.GENERAL, LARGEST_EVENT_BYTES)) {
      for (BlobElement next = reader.next(); next != null; next = reader.next()) {
        assertThat(next.index()).isEqualTo(elements.size());
        elements.add(next);
      }
      return new Outcome(elements, "");
    } catch (BrokenBlobException e) {
      return new Outcome(elements, String.valueOf(e.getMessage()));
    }
  }

  /** What the element says: an event's JSON; of a refused one its reason and bytes. */
  private static List<String> texts(List<BlobElement> elements) {
    return elements.stream()
        .map(
            element ->
                element instanceof BlobElement.Refused refused
                    ? refused.reason() + Arrays.hashCode(refused.json()) + refused.jsonBytes()
                    : RESTORER.restore(((BlobElement.Event) element).event().value()))
        .toList();
  }

  private static void check(BlobElement element) {
    if (element instanceof BlobElement.Event event) {
      Struct value = event.event().value();
      value.validate();
      assertThat(event.event().jsonBytes()).isBetween(2, LARGEST_EVENT_BYTES);
    } else if (element instanceof BlobElement.Refused refused) {
      assertThat(refused.reason()).matches("[ -~]{1,200}");
      if (refused.jsonBytes() <= LARGEST_EVENT_BYTES) {
        assertThat(refused.json()).hasSize((int) refused.jsonBytes());
        assertThat(isObject(refused.json())).as("a sound event is refused").isFalse();
      }
    }
  }

  private static void mapAlone(byte[] json) {
    try {
      AuditEvent event = Blobs.MAPPER.map(json, 0, json.length, Blobs.GENERAL, 0);
      event.value().validate();
      JsonFingerprint.assertSame(
          RESTORER.restore(event.value()), new String(json, StandardCharsets.UTF_8));
    } catch (UnmappableEventException e) {
      // From its opening to its closing brace, as the reader cuts it out.
      boolean cutOut = json[0] == '{' && json[json.length - 1] == '}';
      assertThat(cutOut && isObject(json)).as("a sound event is refused").isFalse();
    }
  }

  /** By another parser than the connector's; what is nested too deep may be refused. */
  private static boolean isObject(byte[] json) {
    try {
      String text = decoded(json);
      JsonFingerprint.of(text);
      return text.strip().startsWith("{") && depth(text) <= EventTokens.MAX_DEPTH;
    } catch (CharacterCodingException | AssertionError | RuntimeException e) {
      return false;
    }
  }

  /** No more than it has, for brackets in texts are counted. */
  private static long depth(String json) {
    return json.chars().filter(each -> each == '{' || each == '[').count();
  }

  private static String decoded(byte[] utf8) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private interface Size {
    int next();
  }

  private static InputStream pieces(byte[] bytes, Size size) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, size.next()));
      }
    };
  }
}
