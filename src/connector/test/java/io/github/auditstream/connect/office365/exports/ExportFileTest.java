package io.github.auditstream.connect.office365.exports;

import static io.github.auditstream.connect.office365.exports.Exports.event;
import static io.github.auditstream.connect.office365.exports.Exports.ids;
import static io.github.auditstream.connect.office365.exports.Exports.json;
import static io.github.auditstream.connect.office365.exports.Exports.portal;
import static io.github.auditstream.connect.office365.exports.Exports.portalRow;
import static io.github.auditstream.connect.office365.exports.Exports.quoted;
import static io.github.auditstream.connect.office365.exports.Exports.read;
import static io.github.auditstream.connect.office365.exports.Exports.refused;
import static io.github.auditstream.connect.office365.exports.Exports.rest;
import static io.github.auditstream.connect.office365.exports.Exports.row;
import static io.github.auditstream.connect.office365.exports.Exports.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.fixtures.SharedEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportFileTest {
  private static final ObjectMapper TREES = new ObjectMapper();
  private static final String WITHOUT_ID = "{\"CreationTime\":\"t\",\"Operation\":\"o\"}";

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("export"), bytes);
  }

  private static byte[] encoded(String text, Charset charset, int... mark) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int one : mark) {
      bytes.write(one);
    }
    bytes.writeBytes(text.getBytes(charset));
    return bytes.toByteArray();
  }

  private static String pretty(String json) {
    try {
      return TREES.readTree(json).toPrettyString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private record Sample(ExportLayout layout, String text) {
    @Override
    public String toString() {
      return layout.title();
    }
  }

  /** The events "e1", and one that takes "e2" from its column if there is one. */
  static Stream<Sample> layouts() {
    String search =
        "\"PSComputerName\",\"RunspaceId\",\"PSShowComputerName\",\"RecordType\",\"CreationDate\","
            + "\"UserIds\",\"Operations\",\"AuditData\",\"ResultIndex\",\"ResultCount\","
            + "\"Identity\",\"IsValid\",\"ObjectState\"\r\n";
    String graph =
        "\"id\",\"createdDateTime\",\"auditLogRecordType\",\"operation\",\"organizationId\","
            + "\"userType\",\"userId\",\"service\",\"objectId\",\"userPrincipalName\",\"clientIp\","
            + "\"administrativeUnits\",\"auditData\"\r\n";
    return Stream.of(
        new Sample(
            ExportLayout.PORTAL, portal(portalRow("e1", event("e1")), portalRow("e2", WITHOUT_ID))),
        new Sample(
            ExportLayout.PORTAL_OLD,
            "CreationDate,UserIds,Operations,AuditData\n2022-01-26T09:02:12.0000000Z,ada,Send,"
                + quoted(event("e1"))
                + "\n2022-01-26T09:02:12.0000000Z,ada,Send,"
                + quoted(event("e2"))
                + "\n"),
        new Sample(
            ExportLayout.SEARCH,
            "#TYPE Deserialized.Some[[Type, with a comma]]\r\n"
                + search
                + searchRow("e1", event("e1"))
                + searchRow("e2", WITHOUT_ID)),
        new Sample(
            ExportLayout.SEARCH,
            search + searchRow("e1", pretty(event("e1"))) + searchRow("e2", pretty(WITHOUT_ID))),
        new Sample(
            ExportLayout.SEARCH_TRIMMED,
            "Identity,AuditData\ne1," + quoted(event("e1")) + "\ne2," + quoted(WITHOUT_ID)),
        new Sample(
            ExportLayout.SCRIPT,
            "CreationDate,UserIds,RecordType,AuditData\r\n"
                + row("4-5-2026", "ada", "ExchangeItem", event("e1"))
                + "\r\n"
                + row("4-5-2026", "ada", "ExchangeItem", event("e2"))),
        new Sample(
            ExportLayout.GRAPH_CSV,
            graph + graphRow("e1", pretty(graphEvent("e1"))) + graphRow("e2", WITHOUT_ID)),
        new Sample(
            ExportLayout.OTHER_CSV,
            "\"x\",\"AuditData\"\n,"
                + quoted(event("e1"))
                + "\n"
                + quoted("a\nb\r\n\"c")
                + ","
                + quoted(event("e2"))),
        new Sample(
            ExportLayout.JSON_ARRAYS,
            pretty("[" + graphRecord("e1") + "," + graphRecord("e2") + "]")),
        new Sample(ExportLayout.JSON_ARRAYS, "[" + event("e1") + "][ ]\n[" + event("e2") + "]\n"),
        new Sample(
            ExportLayout.JSON_ARRAYS,
            pretty("[" + searchObject("e1") + "]") + "\n" + pretty("[" + event("e2") + "]")),
        new Sample(ExportLayout.JSON_OBJECTS, event("e1") + "\n" + event("e2") + "\n"),
        new Sample(ExportLayout.JSON_OBJECTS, pretty(event("e1")) + "\n" + pretty(event("e2"))));
  }

  private static String searchRow(String id, String auditData) {
    return row(
            "ps.example",
            "1",
            "False",
            "ExchangeItem",
            "20-09-2023 04:05:03",
            "ada",
            "Send",
            auditData,
            "1",
            "2",
            id,
            "True",
            "Unchanged")
        + "\r\n";
  }

  private static String graphRow(String id, String auditData) {
    return row(
            id, "20/09/2023", "x", "Send", "1", "0", "ada", "x", "", "ada", "", "a; b", auditData)
        + "\r\n";
  }

  private static String graphEvent(String id) {
    return event(id)
        .replace("08:28:17\"", "08:28:17Z\"")
        .replace("\"RecordType\"", "\"RecordType@odata.type\":\"#Int64\",\"RecordType\"");
  }

  private static String graphRecord(String id) {
    return "{\"id\":\"x\",\"administrativeUnits\":[\"\"],\"auditData\":" + graphEvent(id) + "}";
  }

  private static String searchObject(String id) {
    return "{\"Identity\":\"x\",\"AuditData\":" + TREES.valueToTree(event(id)) + "}";
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void readsEveryLayoutInEveryEncodingAndWithEitherLineEnd(Sample sample) throws Exception {
    for (boolean windows : List.of(true, false)) {
      String lines = sample.text().replace("\r\n", "\n");
      String text = windows ? lines.replace("\n", "\r\n") : lines;
      for (byte[] bytes :
          List.of(
              encoded(text, StandardCharsets.UTF_8),
              encoded(text, StandardCharsets.UTF_8, 0xef, 0xbb, 0xbf),
              encoded(text, StandardCharsets.UTF_16LE, 0xff, 0xfe),
              encoded(text, StandardCharsets.UTF_16BE, 0xfe, 0xff),
              encoded(text, StandardCharsets.UTF_16LE),
              encoded(text, StandardCharsets.UTF_16BE))) {
        try (ExportFile export = ExportFile.open(file(bytes))) {
          List<ExportRow> rows = rest(export);

          assertThat(export.layout()).isEqualTo(sample.layout());
          assertThat(ids(rows)).containsExactly("e1", "e2");
          assertThat(TREES.readTree(json(rows.get(0)))).isEqualTo(TREES.readTree(event("e1")));
          assertThat(((ExportRow.Event) rows.get(0)).recordType()).hasValue(2);
          assertThat(export.warnings()).isEmpty();
        }
      }
    }
  }

  @Test
  void givesEveryRealEventBackByteForByte() throws Exception {
    List<String> events = SharedEvents.all();
    String[] rows = events.stream().map(event -> portalRow("column", event)).toArray(String[]::new);
    for (String text : List.of(portal(rows), String.join("\n", events))) {
      byte[] bytes = encoded(text, StandardCharsets.UTF_16LE, 0xff, 0xfe);
      List<ExportRow> read = read(file(bytes));

      assertThat(read).hasSameSizeAs(events);
      for (int i = 0; i < events.size(); i++) {
        String live = events.get(i).replaceFirst("(\"CreationTime\": ?\"[^\"]*)Z\"", "$1\"");
        assertThat(json(read.get(i)))
            .startsWith(live.substring(0, live.length() - 1).stripTrailing());
      }
    }
  }

  @Test
  void keepsAnEventByteForByte() throws Exception {
    String event = "{ \"Id\" : \"1\",\"n\":1.50E+3, \"t\":\"\u00e4\\u00e4\\/ \ud83d\ude00\"\t}";
    for (byte[] bytes :
        List.of(
            encoded(portal(portalRow("1", event)), StandardCharsets.UTF_8),
            encoded(portal(portalRow("1", event)), StandardCharsets.UTF_16LE, 0xff, 0xfe),
            encoded("[" + event + "]", StandardCharsets.UTF_16BE, 0xfe, 0xff))) {
      assertThat(json(read(file(bytes)).get(0))).startsWith(event.substring(0, 40)).contains("\t");
    }
  }

  @Test
  void findsColumnsInAnyCaseAndOrderAndPassesOverOthers() throws Exception {
    String text =
        "new,AUDITDATA, operation ,Recordid,AuditDataVersion\n"
            + "\"x\ny\","
            + quoted("{\"a\":1}")
            + ",Send,e1,2\n";

    assertThat(json(read(file(text)).get(0)))
        .isEqualTo("{\"a\":1,\"Id\":\"e1\",\"Operation\":\"Send\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t"})
  void readsOtherSeparators(String separator) throws Exception {
    String text =
        String.join(separator, "RecordId", "x", "AuditData")
            + "\n"
            + String.join(separator, "e1", "a,b", quoted(event("e1")))
            + "\n";

    assertThat(json(read(file(text)).get(0))).isEqualTo(event("e1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\ufeff",
        " \r\n",
        "secret",
        "secret,b\n1,2\n",
        "Id,Operation\n1,2\n",
        "\"AuditData\n",
        "AuditData,auditdata\n1,2\n",
        "#TYPE secret\r\n",
        "PK\u0003\u0004secret,\u0000\n\n\"secret",
        "<html>AuditData</html>"
      })
  void refusesAFileThatIsNoExportAndQuotesNothing(String text) throws Exception {
    Path file = file(text);

    assertThat(catchThrowableOfType(UnreadableExportException.class, () -> ExportFile.open(file)))
        .hasMessageStartingWith("The file")
        .hasMessageContaining("Accepted are ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void saysWhatItSawOfAHeader() throws Exception {
    Path file = file("RecordId;secret;CreationDate;Operation\n1;2;3;4");

    assertThat(catchThrowableOfType(UnreadableExportException.class, () -> ExportFile.open(file)))
        .hasMessageContaining(
            "It has 4 cells; names of columns among them: creationdate, operation, recordid.")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesFlattenedEventsAsAWhole() throws Exception {
    Path file = file("\"CreationTime\",\"Id\",\"Operation\",\"secret\",\"Workload\"\r\n1,2,3,4,5");

    assertThat(catchThrowableOfType(UnreadableExportException.class, () -> ExportFile.open(file)))
        .hasMessageContaining("flattened events [creationtime, id, operation, workload]")
        .hasMessageContaining("-AuditDataOnly")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bad,,,,,{\"secret\":,,",
        "bad,,,,,,,",
        "bad,,,,, ,,",
        "bad,,,,,[],,",
        "bad,,,,,{\u0000}\u0000,,",
        "bad,,,,,\ufeff{},,",
        "bad,,,,,\"{\"\"secret\"\":\"\"x\"},,",
        "bad,,,,,\"{\"secret\":1}\",,",
        "bad,,,,,\"{}\"x,,",
        "bad,,,,,\"{}\",",
        "bad,,,,,\"{}\",,,",
        "bad"
      })
  void refusesOneRowAndReadsTheOthers(String broken) throws Exception {
    List<ExportRow> rows =
        read(file(portal(portalRow("e1", event("e1")), broken, portalRow("e3", event("e3")))));

    assertThat(ids(rows)).containsExactly("e1", "refused", "e3");
    ExportRow.Refused refused = refused(rows.get(1));
    assertThat(text(refused)).isEqualTo(broken);
    assertThat(refused.textBytes()).isEqualTo(refused.text().remaining());
    assertThat(refused.reason()).startsWith("row 2 of the file ").doesNotContain("secret");
  }

  /** A reader of the whole file takes what follows for one cell. */
  @Test
  void aQuoteThatIsNotClosedCostsItsOwnRowOnly() throws Exception {
    String open = "e2,x,2,Send,ada,\"{\"\"Id\"\":\"\"e2\"\"";
    String[] rows = new String[1_000];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i % 100 == 50 || i == 999 ? open : portalRow("e" + i, event("e" + i));
    }

    List<String> ids = ids(read(file(portal(rows))));

    assertThat(ids).hasSize(1_000);
    for (int i = 0; i < rows.length; i++) {
      assertThat(ids.get(i)).isEqualTo(i % 100 == 50 || i == 999 ? "refused" : "e" + i);
    }
  }

  @Test
  void aCellOfManyLinesThatIsNotClosedCostsItsOwnRowOnly() throws Exception {
    String whole = portalRow("e1", pretty(event("e1")));
    String open = whole.substring(0, whole.lastIndexOf("\"\"Subject"));

    List<ExportRow> rows = read(file(portal(whole, open, whole, open)));

    assertThat(ids(rows)).containsExactly("e1", "refused", "e1", "refused");
    assertThat(text(rows.get(1))).isEqualTo(open);
    assertThat(text(rows.get(3)).strip()).isEqualTo(open.strip());
  }

  @Test
  void refusesOneRowThatIsTooLarge() throws Exception {
    String large = portalRow("e2", "{\"a\":\"" + "x,\n\"".repeat(100_000) + "\"}");
    String open = "e4,x,2,Send,ada,\"{" + "x".repeat(40_000);

    List<ExportRow> rows =
        read(
            file(
                portal(
                    portalRow("e1", event("e1")),
                    large,
                    portalRow("e3", event("e3")),
                    open,
                    portalRow("e5", event("e5")),
                    portalRow("e6", "{\"a\":\"" + "x".repeat(90_000) + "\"}"),
                    portalRow("e7", "{\"a\":\"" + "x".repeat(110_000)))),
            100_000);

    assertThat(ids(rows)).containsExactly("e1", "refused", "e3", "refused", "e5", "e6", "refused");
    assertThat(refused(rows.get(1)).textBytes()).isEqualTo(large.length());
    assertThat(text(rows.get(1))).isEqualTo(large.substring(0, 64 * 1024));
    assertThat(refused(rows.get(1)).reason()).contains("larger than");
    assertThat(text(rows.get(3))).isEqualTo(open);
  }

  @Test
  void readsCellsThatAreLargerThanTheLibraryTakesByDefault() throws Exception {
    String event = "{\"Id\":\"1\",\"a\":\"" + "x".repeat(17 << 20) + "\"}";

    assertThat(ids(read(file(portal(portalRow("1", event)))))).containsExactly("1");
    assertThat(ids(read(file("[" + event + "]")))).containsExactly("1");
  }

  @Test
  void saysThatASpreadsheetTruncatedAnEvent() throws Exception {
    String event = "{\"Id\":\"1\",\"a\":\"" + "\u00e4\"".repeat(30_000) + "\"}";
    String whole = "{\"Id\":\"w\",\"a\":\"";
    whole = whole + "x".repeat(32_767 - whole.length() - 2) + "\"}";
    Path file =
        file(
            portal(
                portalRow("1", event.substring(0, 32_767)),
                portalRow("1", event.substring(0, 32_766)),
                portalRow("w", whole)));

    try (ExportFile export = ExportFile.open(file)) {
      List<ExportRow> rows = rest(export);

      assertThat(ids(rows)).containsExactly("refused", "refused", "w");
      assertThat(refused(rows.get(0)).reason()).contains("32,767", "spreadsheet");
      assertThat(refused(rows.get(1)).reason()).doesNotContain("spreadsheet");
      assertThat(export.warnings())
          .singleElement()
          .asString()
          .contains("spreadsheet, which truncated 1 events");
    }
  }

  @Test
  void refusesWhatIsNotInTheFilesEncoding() throws Exception {
    String text = portal(portalRow("1", "{\"a\":\"\u00e4\"}"), portalRow("2", event("2")));
    byte[] half = encoded(text.replace("\u00e4", "\ud83d"), StandardCharsets.UTF_8);
    assertThat(ids(read(file(text.getBytes(StandardCharsets.ISO_8859_1)))))
        .containsExactly("refused", "2");
    assertThat(ids(read(file(half)))).as("a question mark is a character").contains("2");

    byte[] utf16 = encoded(text, StandardCharsets.UTF_16LE, 0xff, 0xfe);
    int at = 2 + 2 * text.indexOf('\u00e4');
    for (int unit : new int[] {0xd8, 0xdb, 0xdc, 0xdf}) {
      utf16[at + 1] = (byte) unit;
      assertThat(ids(read(file(utf16)))).containsExactly("refused", "2");
    }
    byte[] odd = encoded(text + "x", StandardCharsets.UTF_16LE, 0xff, 0xfe);
    utf16 = java.util.Arrays.copyOf(odd, odd.length - 1);
    assertThat(ids(read(file(utf16)))).containsExactly("1", "2", "refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "17",
        "\"secret\"",
        "\"secret, [ { \\\" ",
        "null",
        "{\"secret\":1}",
        "{\"Id\":\"x\",\"auditData\":\"{\"}",
        "{\"Id\":\"x\",}",
        "{\"Id\":\"x\"",
        "{\"Id\":\"x\",\"secret\":{\"a\":[",
        "{\"Id\":\"secret",
        "}",
        "secret"
      })
  void refusesOneValueAndReadsTheOthers(String broken) throws Exception {
    String lines = event("e1") + "\n" + broken + "\n" + event("e3") + "\n";
    String array = "[" + event("e1") + ",\n" + broken + ",\n" + event("e3") + "]";
    String arrays = "[" + event("e1") + "]\n[" + broken + "\n[" + event("e3") + "]";
    for (String text : List.of(lines, array, arrays)) {
      List<ExportRow> rows = read(file(text));

      assertThat(ids(rows)).as(text).containsExactly("e1", "refused", "e3");
      assertThat(text(rows.get(1)).strip()).startsWith(broken.strip());
      assertThat(refused(rows.get(1)).reason())
          .startsWith("row 2 of the file ")
          .doesNotContain("secret");
    }
  }

  @Test
  void aBrokenValueOfManyLinesCostsItselfOnly() throws Exception {
    String one = pretty("[" + event("e1") + "," + event("e2") + "," + event("e3") + "]");
    String broken = one.replaceFirst("(?s)\"e2\".*?}.*?}", "\"e2\n}");

    assertThat(ids(read(file(broken)))).containsExactly("e1", "refused", "e3");
    assertThat(ids(read(file(broken.replace("\"e2", ""))))).containsExactly("e1", "refused", "e3");
  }

  @Test
  void refusesOneValueThatIsTooLarge() throws Exception {
    String large = "{\"Id\":\"x\",\"a\":\"" + "x{\\\"".repeat(100_000) + "\"}";
    String manyLines = pretty("[" + event("e1") + "," + large + "," + event("e3") + "]");
    for (String text :
        List.of(
            event("e1") + "\n" + large + "\n" + event("e3"),
            "[" + event("e1") + "," + large + "," + event("e3") + "]",
            manyLines)) {
      List<ExportRow> rows = read(file(text), 100_000);

      assertThat(ids(rows)).containsExactly("e1", "refused", "e3");
      assertThat(refused(rows.get(1)).textBytes()).isGreaterThanOrEqualTo(large.length());
      assertThat(text(rows.get(1))).hasSize(64 * 1024);
    }
  }

  @Test
  void saysThatAnArrayIsCutShort() throws Exception {
    try (ExportFile export = ExportFile.open(file("[" + event("e1") + ",\n"))) {
      assertThat(ids(rest(export))).containsExactly("e1");
      assertThat(export.warnings()).singleElement().asString().contains("cut short");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4_999, 5_000, 5_001, 50_000})
  void warnsOfAsManyRowsAsASearchGives(int count) throws Exception {
    StringBuilder text = new StringBuilder("Identity,AuditData\n");
    for (int i = 0; i < count; i++) {
      text.append("e,{}\n");
    }
    try (ExportFile export = ExportFile.open(file(text.toString()))) {
      assertThat(rest(export)).hasSize(count);
      assertThat(export.warnings()).hasSize(count % 5_000 == 0 ? 1 : 0);
    }
  }

  @Test
  void goesOnBehindARow() throws Exception {
    String open = "e2,x,2,Send,ada,\"{\"\"Id\"\":\"\"e2\"\"";
    Path file =
        file(portal(portalRow("e1", event("e1")), "bad", open, portalRow("e4", event("e4"))));
    List<ExportRow> all = read(file);
    assertThat(ids(all)).containsExactly("e1", "refused", "refused", "e4");

    for (int behind = 0; behind <= all.size(); behind++) {
      try (ExportFile export = ExportFile.open(file)) {
        assertThat(export.skip(behind)).isTrue();
        assertThat(export.rows()).isEqualTo(behind);
        assertThat(rest(export)).isEqualTo(all.subList(behind, all.size()));
      }
    }
    try (ExportFile export = ExportFile.open(file)) {
      assertThat(export.skip(5)).isFalse();
      assertThat(export.next()).isNull();
    }
  }

  @Test
  void isKnownAgainByItsHead() throws Exception {
    String text = portal(portalRow("e1", event("e1")));
    Path file = file(text);
    String digest = ExportFile.headSha256(file);

    assertThat(digest).matches("[0-9a-f]{64}");
    try (ExportFile export = ExportFile.open(file)) {
      assertThat(export.headSha256()).isEqualTo(digest);
    }
    assertThat(ExportFile.headSha256(file(text + "x"))).isNotEqualTo(digest);
    String head = "a".repeat(64 * 1024);
    assertThat(ExportFile.headSha256(file(head + "b")))
        .isEqualTo(ExportFile.headSha256(file(head + "c")));
  }
}
