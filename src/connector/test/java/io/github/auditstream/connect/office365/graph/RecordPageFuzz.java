package io.github.auditstream.connect.office365.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.auditstream.connect.office365.http.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a page of records. */
class RecordPageFuzz {
  private static final URI ROOT = URI.create("https://graph.microsoft.com");
  private static final JsonMapper TREES =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(2_000)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .build();

  static Stream<byte[]> seeds() {
    String record =
        "{\"id\":\"1\",\"createdDateTime\":\"t\",\"operation\":\"o\",\"auditData\":{\"Id\":\"1\","
            + "\"@odata.type\":\"#x\",\"A@odata.type\":\"#Collection(x)\",\"A\":[{\"b\":-1.50e3,"
            + "\"b@odata.type\":\"#Int64\"},\"@odata.x\",null],\"CreationTime\":\"t\"}}";
    return Stream.of(
            "{\"@odata.count\":2,\"value\":["
                + record
                + ","
                + record
                + "],\"@odata.nextLink\":"
                + "\"https://graph.microsoft.com/v1.0/x?$skiptoken=a\"}",
            "{\"value\":[{\"auditData\":\"{\\\"\\u0040odata.a\\\":1,\\\"b\\\":2}\"}]}",
            " { \"value\" : [ 17 , [ ] , { } ] , \"x\" : { \"value\" : [ ] } } ",
            "{\"value\":[{\"auditData\":{\"a\":{\"@odata.b\":{}},\"@odata.c\":[]}}",
            "{\"error\":{}}")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @DictionaryEntries({
    "\"value\":[",
    "\"auditData\":",
    "@odata.",
    "\\u0040odata.",
    "\"@odata.count\":"
  })
  @FuzzTest(maxDuration = "20s")
  void isReadUnchangedButForAnnotationsOrRefused(byte[] bytes) throws IOException {
    GraphCall call = GraphCall.of(GraphOperation.RECORDS, ROOT, GraphFixture.TENANT);
    long records = 0;
    try (RecordPage page =
        new RecordPage(
            new Body(new ByteArrayInputStream(bytes)), call, GraphHostOnly.host(ROOT), 1 << 20)) {
      AuditLogRecord record = page.next();
      while (record != null) {
        assertThat(record.index()).isEqualTo(records++);
        if (record instanceof AuditLogRecord.Event event) {
          assertNoAnnotation(event);
        }
        record = page.next();
      }
      Optional<URI> next = page.nextPage();
      next.ifPresent(uri -> assertThat(uri.getHost()).isEqualTo(ROOT.getHost()));
    } catch (BrokenPageException e) {
      return;
    }
    OptionalInt counted = counted(bytes);
    if (counted.isPresent()) {
      assertThat(records).as("records of a whole page").isEqualTo(counted.getAsInt());
    }
  }

  private static void assertNoAnnotation(AuditLogRecord.Event event) {
    JsonNode tree;
    try {
      tree = TREES.readTree(event.json().array());
    } catch (IOException e) {
      // A name twice, or a number beyond numbers; that it is JSON was tried by the reader.
      return;
    }
    assertThat(tree).isInstanceOf(ObjectNode.class);
    assertThat(tree.findParents("@odata.type")).isEmpty();
    tree.fieldNames().forEachRemaining(name -> assertThat(name).doesNotContain("@odata."));
  }

  /** What another parser counts; it cannot read what is broken within one record. */
  private static OptionalInt counted(byte[] bytes) {
    try {
      return OptionalInt.of(TREES.readTree(bytes).path("value").size());
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }
}
