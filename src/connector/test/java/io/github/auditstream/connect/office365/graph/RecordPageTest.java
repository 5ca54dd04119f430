package io.github.auditstream.connect.office365.graph;

import static io.github.auditstream.connect.office365.graph.GraphFixture.QUERY;
import static io.github.auditstream.connect.office365.graph.GraphFixture.all;
import static io.github.auditstream.connect.office365.graph.GraphFixture.json;
import static io.github.auditstream.connect.office365.graph.GraphFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.auditstream.connect.office365.api.ApiOutcome.Kind;
import io.github.auditstream.connect.office365.fixtures.SharedEvents;
import io.github.auditstream.connect.office365.http.Reply;
import io.github.auditstream.connect.office365.http.ScriptedServer.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPageTest {
  private static final ObjectMapper TREES =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private GraphFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new GraphFixture();
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private static String record(String id, String auditData) {
    return """
        {"id":"%s","createdDateTime":"2026-05-04T08:28:17Z","auditLogRecordType":"ExchangeAdmin",\
        "operation":"Set-Mailbox","organizationId":"1","userType":"Regular","userId":"10032000AAAA",\
        "service":"Exchange","objectId":null,"userPrincipalName":"ada@contoso.example",\
        "clientIp":null,"administrativeUnits":[""],"auditData":%s}"""
        .formatted(id, auditData);
  }

  private static String event(String id) {
    return """
        {"@odata.type":"#microsoft.graph.security.defaultAuditData",\
        "CreationTime":"2026-05-04T08:28:17Z","Id":"%s","Operation":"Set-Mailbox",\
        "RecordType@odata.type":"#Int64","RecordType":1}"""
        .formatted(id);
  }

  private static String page(String more, String... records) {
    return "{\"@odata.context\":\"https://x/$metadata\""
        + more
        + ",\"value\":["
        + String.join(",", records)
        + "]}";
  }

  @Test
  void readsTheRecordsOfAPage() throws Exception {
    String next = fixture.server.root() + "/v1.0/security/auditLog/queries/x/records?$skiptoken=a";
    fixture.server.answers(
        Reply.json(
            200,
            "\ufeff "
                + page(
                    ",\"@odata.count\":2,\"@odata.nextLink\":\"" + next + "\"",
                    record("1", event("1")),
                    record("2", event("2")))));

    try (RecordPage page = ok(fixture.graph.records(QUERY, Optional.empty()))) {
      assertThatThrownBy(page::nextPage).isInstanceOf(IllegalStateException.class);
      List<AuditLogRecord> records = all(page);

      assertThat(records).hasSize(2);
      assertThat(json(records.get(0)))
          .isEqualTo(
              "{\"CreationTime\":\"2026-05-04T08:28:17\",\"Id\":\"1\","
                  + "\"Operation\":\"Set-Mailbox\",\"RecordType\":1}");
      AuditLogRecord.Event second = (AuditLogRecord.Event) records.get(1);
      assertThat(second.index()).isEqualTo(1);
      assertThat(second.id()).contains("2");
      assertThat(second.recordType()).hasValue(1);
      assertThat(second.envelope().recordTypeName()).contains("ExchangeAdmin");
      assertThat(page.nextPage().map(Object::toString)).contains(next);
      assertThat(page.next()).isNull();
    }
    Request request = fixture.server.request();
    assertThat(request.target())
        .isEqualTo("/v1.0/security/auditLog/queries/" + QUERY.id() + "/records?$top=999");
  }

  /** Order, spaces and what else stands around the records are the server's choice. */
  @Test
  void readsAPageInAnyForm() throws Exception {
    fixture.server.answers(
        Reply.json(200, "{ }"),
        Reply.json(
            200,
            " { \"value\" : [ ] , \"\\u0040odata.count\" : 0 , \"x\" : { \"value\" : [1] } ,"
                + " \"@odata.nextLink\" : null , \"y\" : [ \"}\" ] , \"z\" : -1.5 } "),
        Reply.json(200, page("", record("1", event("1"))) + "\n").gzip().chunked());

    assertThatThrownBy(fixture::records).hasMessageContaining("no 'value'");
    assertThat(fixture.records()).isEmpty();
    assertThat(fixture.records()).hasSize(1);
  }

  /** Those of one source were stored by another product, which put the Z there itself. */
  @Test
  void givesEveryRealEventBackAsItWas() throws Exception {
    List<String> events = SharedEvents.all();
    List<String> records = new ArrayList<>();
    for (String event : events) {
      records.add(graphRecord(event));
    }
    fixture.server.answers(
        Reply.json(200, page(",\"@odata.count\":" + events.size(), records.toArray(String[]::new)))
            .gzip());

    List<AuditLogRecord> read = fixture.records();

    assertThat(read).hasSameSizeAs(events).hasSizeGreaterThan(2_700);
    int stored = 0;
    for (int i = 0; i < events.size(); i++) {
      AuditLogRecord.Event event = (AuditLogRecord.Event) read.get(i);
      ObjectNode before = (ObjectNode) TREES.readTree(events.get(i));
      String expected = Annotations.written(events.get(i), false);
      String time = before.path("CreationTime").asText();
      if (time.endsWith("Z")) {
        stored++;
        String live = time.substring(0, time.length() - 1);
        before.put("CreationTime", live);
        expected = expected.replaceFirst(time, live);
      }
      // The same order, names and texts; then the same JSON.
      assertThat(json(event)).isEqualTo(expected);
      assertThat(TREES.readTree(json(event))).isEqualTo(before);
      assertThat(event.id()).isEqualTo(text(before, "Id"));
      JsonNode type = before.path("RecordType");
      assertThat(event.recordType())
          .isEqualTo(
              type.isIntegralNumber() || type.asText().matches("\\d+")
                  ? OptionalLong.of(type.asLong())
                  : OptionalLong.empty());
    }
    assertThat(stored).isLessThan(10);
  }

  /** A record with the crossed and the empty properties that Graph's records have. */
  private static String graphRecord(String event) throws IOException {
    JsonNode tree = TREES.readTree(event);
    ObjectNode envelope = TREES.createObjectNode();
    envelope.put("id", text(tree, "Id").orElse(null));
    envelope.put(
        "createdDateTime",
        text(tree, "CreationTime").map(time -> LiveForm.time(time) + "Z").orElse(null));
    envelope.put("auditLogRecordType", "ExchangeItemAggregated");
    envelope.put("operation", text(tree, "Operation").orElse(null));
    envelope.put("organizationId", "00000000-2222-4333-8444-555555555555");
    envelope.put("userType", "Regular");
    envelope.put("userId", "10032000AAAA0001");
    envelope.put("service", "Other");
    envelope.putNull("objectId");
    envelope.put("userPrincipalName", "crossed@contoso.example");
    envelope.putNull("clientIp");
    envelope.putArray("administrativeUnits").add("");
    String around = envelope.toString();
    return around.substring(0, around.length() - 1)
        + ",\"auditData\":"
        + Annotations.asGraphHasIt(event)
        + "}";
  }

  private static Optional<String> text(JsonNode event, String name) {
    return Optional.of(event.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  @Test
  void acceptsAnEventAsText() throws Exception {
    String event = "{\"Id\":\"1\",\"CreationTime\":\"t\",\"Operation\":\"\u00e4 \ud83d\ude00\"}";
    String annotated = "  " + event.replace("{", "{\"@odata.type\":\"x\",") + "\n";
    String text =
        "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(annotated)) + "\"";
    fixture.server.answers(Reply.json(200, page("", record("1", text))));

    assertThat(json(fixture.records().get(0))).isEqualTo(event);
  }

  @Test
  void takesFromTheEnvelopeWhatTheEventLacks() throws Exception {
    fixture.server.answers(
        Reply.json(
            200,
            page(
                "",
                record("i\\\"1", "{}"),
                record("2", "{\"Id\":\"other\",\"x\":1 }"),
                record("3", "{\"Id\":null,\"CreationTime\":null,\"Operation\":null}"),
                "{\"auditData\":{\"x\":1}}")));

    List<AuditLogRecord> records = fixture.records();

    assertThat(records)
        .extracting(GraphFixture::json)
        .containsExactly(
            "{\"Id\":\"i\\\"1\",\"CreationTime\":\"2026-05-04T08:28:17\","
                + "\"Operation\":\"Set-Mailbox\"}",
            "{\"Id\":\"other\",\"x\":1 ,\"CreationTime\":\"2026-05-04T08:28:17\","
                + "\"Operation\":\"Set-Mailbox\"}",
            "{\"Id\":null,\"CreationTime\":null,\"Operation\":null}",
            "{\"x\":1}");
    assertThat(records)
        .extracting(record -> ((AuditLogRecord.Event) record).id().orElse("none"))
        .containsExactly("i\"1", "other", "3", "none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "17",
        "\"text\"",
        "[]",
        "null",
        "{}",
        "{\"auditData\":null}",
        "{\"auditData\":17}",
        "{\"auditData\":[]}",
        "{\"auditData\":\"\"}",
        "{\"auditData\":\"no json\"}",
        "{\"auditData\":\"[]\"}",
        "{\"auditData\":\"{}{}\"}",
        "{\"auditData\":\"\\ud800{}\"}",
        "{\"auditData\":\"{\\\"a\\\":\\\"\\ud800\\\"}\"}",
        "{\"auditData\":{},\"auditData\":{}}",
        "{\"auditData\":{\"a\":}}",
        "{\"auditData\":{\"@odata.x\":tru}}",
        "{\"auditData\":{\"a\" 1}}",
        "{\"auditData\":{\"a\":[}]}",
        "{\"auditData\":{'a':1}}",
        "{\"auditData\":{\"a\":01}}",
        "{auditData:{}}",
        "[}"
      })
  void refusesOneRecordAndReadsTheOthers(String broken) throws Exception {
    fixture.server.answers(
        Reply.json(
            200,
            page(",\"@odata.count\":3", record("1", event("1")), broken, record("2", event("2")))));

    List<AuditLogRecord> records = fixture.records();

    assertThat(records).hasSize(3);
    AuditLogRecord.Refused refused = (AuditLogRecord.Refused) records.get(1);
    assertThat(new String(refused.text().array(), StandardCharsets.UTF_8)).isEqualTo(broken);
    assertThat(refused.textBytes()).isEqualTo(refused.text().remaining());
    assertThat(refused.reason()).startsWith("record 1 of the page ").doesNotContain("no json");
    assertThat(records.get(2)).isInstanceOf(AuditLogRecord.Event.class);
  }

  /** Found by fuzzing: Jackson takes such a name for {@code auditData}, once it has seen that. */
  @Test
  void takesNoOtherNameForThatOfTheEvent() throws Exception {
    String page =
        page("", record("1", event("1")), "{\"auditDat\u00ffa\":{}}", record("2", event("2")));
    fixture.server.answers(Reply.json(200, "").body(page.getBytes(StandardCharsets.ISO_8859_1)));

    assertThat(fixture.records())
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(AuditLogRecord.Event.class),
            second -> assertThat(second).isInstanceOf(AuditLogRecord.Refused.class),
            third -> assertThat(third).isInstanceOf(AuditLogRecord.Event.class));
  }

  @Test
  void readsNamesOfAnyLength() throws Exception {
    String named = "{\"Id\":\"1\",\"CreationTime\":\"t\",\"Operation\":\"o\",\"%s\":1}";
    String json = named.formatted("n".repeat(100_000));
    fixture.server.answers(Reply.json(200, page("", record("1", json))));

    assertThat(json(fixture.records().get(0))).isEqualTo(json);
  }

  @Test
  void refusesWhatIsNestedTooDeeply() throws Exception {
    String deep = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
    fixture.server.answers(Reply.json(200, page("", record("1", deep), record("2", event("2")))));

    assertThat(fixture.records())
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(AuditLogRecord.Refused.class),
            second -> assertThat(second).isInstanceOf(AuditLogRecord.Event.class));
  }

  @Test
  void keepsOnlyTheBeginningOfWhatIsTooLarge() throws Exception {
    fixture.close();
    fixture = new GraphFixture(ServedVersion.auto(), 100_000);
    String large = record("1", "{\"a\":\"" + "x".repeat(3_000_000) + "\"}");
    fixture.server.answers(
        Reply.json(
            200,
            page(
                "",
                large,
                record("2", "{\"a\":\"" + "x".repeat(90_000) + "\"}"),
                record("3", event("3")))));

    List<AuditLogRecord> records = fixture.records();

    AuditLogRecord.Refused refused = (AuditLogRecord.Refused) records.get(0);
    assertThat(refused.text().array()).hasSize(PageReader.KEPT_OF_OVERSIZED_BYTES);
    assertThat(refused.textBytes()).isEqualTo(large.length());
    assertThat(large).startsWith(new String(refused.text().array(), StandardCharsets.UTF_8));
    assertThat(records).hasSize(3);
    assertThat(json(records.get(2))).contains("\"Id\":\"3\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "<html>secret</html>",
        "[]",
        "secret",
        "{",
        "{\"value\"}",
        "{\"value\":{}}",
        "{\"value\":null}",
        "{\"value\":[]}{}",
        "{\"value\":[],\"value\":[]}",
        "{\"value\":[],}",
        "{\"value\":[,]}",
        "{\"value\":[{},]}",
        "{\"value\":[{} {}]}",
        "{\"value\":[]\"x\":1}",
        "{,\"value\":[]}",
        "{\"value\":[]]",
        "{\"x\":,\"value\":[]}",
        "{\"value\":[{}",
        "{\"value\":[\"a",
        "{\"@odata.count\":1,\"value\":[]}",
        "{\"value\":[{},{}],\"@odata.count\":3}",
        "{\"value\":[],\"@odata.nextLink\":\"https://evil.example/\"}"
      })
  void takesNoPartOfAPageForTheWhole(String body) throws Exception {
    fixture.server.answers(Reply.json(200, body));

    BrokenPageException broken = catchThrowableOfType(BrokenPageException.class, fixture::records);

    assertThat(broken.failure().kind()).isEqualTo(Kind.MALFORMED);
    assertThat(broken.failure().reason()).contains(QUERY.id()).doesNotContain("secret");
  }

  @Test
  void takesNoPageThatIsCutAnywhereForTheWhole() throws Exception {
    String whole = page(",\"@odata.count\":2", record("1", event("1")), record("2", event("2")));
    for (int length = 0; length < whole.length(); length += 7) {
      fixture.server.answers(Reply.json(200, whole.substring(0, length)));
      assertThatThrownBy(fixture::records)
          .as("cut at %s", length)
          .isInstanceOf(BrokenPageException.class);
    }
  }

  @Test
  void tellsABrokenConnectionFromABrokenPage() throws Exception {
    String[] records = new String[1_000];
    Arrays.fill(records, record("1", event("1")));
    fixture.server.answers(Reply.json(200, page("", records)).after(200_000, Reply.Ending.CUT));

    try (RecordPage page = ok(fixture.graph.records(QUERY, Optional.empty()))) {
      BrokenPageException broken = catchThrowableOfType(BrokenPageException.class, () -> all(page));

      assertThat(page.records()).isBetween(100L, 999L);
      assertThat(broken.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(broken.failure().connectionFailure()).isPresent();
      assertThatThrownBy(page::next).isSameAs(broken);
    }
  }

  @Test
  void endsPagesThatLeadRoundInACircle() throws Exception {
    fixture.server.answers(
        request -> {
          String next = request.target().endsWith("p=1") ? "2" : "1";
          return Reply.json(
              200, page(",\"@odata.nextLink\":\"" + fixture.server.root() + "/x?p=" + next + "\""));
        });
    RecordListing listing = new RecordListing(QUERY);

    assertThatThrownBy(
            () -> {
              boolean last = false;
              while (!last) {
                try (RecordPage page = ok(listing.ask(fixture.graph))) {
                  assertThat(all(page)).isEmpty();
                  last = listing.arrived(page);
                }
                assertThat(fixture.server.requests()).hasSizeLessThan(20);
              }
            })
        .isInstanceOf(BrokenPageException.class)
        .hasMessageContaining("come to no end");
  }

  @Test
  void continuesFromAStoredPage() throws Exception {
    String stored = fixture.server.root() + "/v1.0/x?$skiptoken=b";
    fixture.server.answers(Reply.json(200, page("", record("1", event("1")))));
    RecordListing listing = new RecordListing(QUERY, Optional.of(URI.create(stored)));

    try (RecordPage page = ok(listing.ask(fixture.graph))) {
      assertThat(all(page)).hasSize(1);
      assertThat(listing.arrived(page)).isTrue();
    }

    assertThat(fixture.server.request().target()).isEqualTo("/v1.0/x?$skiptoken=b");
  }
}
