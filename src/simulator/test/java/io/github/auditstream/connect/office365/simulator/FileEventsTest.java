package io.github.auditstream.connect.office365.simulator;

import static io.github.auditstream.connect.office365.model.ContentType.AZURE_ACTIVE_DIRECTORY;
import static io.github.auditstream.connect.office365.model.ContentType.DLP;
import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static io.github.auditstream.connect.office365.model.ContentType.GENERAL;
import static io.github.auditstream.connect.office365.model.ContentType.SHAREPOINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.auditstream.connect.office365.model.ContentType;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileEventsTest {
  private static final UUID CONTOSO = UUID.fromString("11111111-2222-3333-4444-555555555555");
  private static final Instant CREATED = Instant.parse("2026-08-05T12:00:00Z");
  private static final String MAIL =
      "{\"Id\":\"m1\",\"CreationTime\":\"2019-01-01T00:00:00\",\"Workload\":\"Exchange\",\"n\": 1.10}";

  private final Path folder;

  FileEventsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "windows-1252"})
  void namesFileAndEncodingOfWhatIsNotUtf8(String charset) throws Exception {
    for (String name : List.of("events.jsonl", "export.csv")) {
      Path file =
          Files.write(
              folder.resolve(name),
              "{\"Id\":\"m\u00fcller\"}\n".getBytes(Charset.forName(charset)));

      assertThatThrownBy(() -> FileEvents.read(file, FileEvents.Use.AS_IT_IS))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("UTF-8");
    }
  }

  @Test
  void publishesEachLineInTheContentTypeThatItWouldComeIn() throws Exception {
    Path file =
        write(
            "events.jsonl",
            MAIL,
            "",
            "{\"Id\":\"s\",\"Workload\":\"SharePoint\"}",
            "{\"Id\":\"o\",\"Workload\":\"OneDrive\"}",
            "{\"Id\":\"a\",\"Workload\":\"AzureActiveDirectory\"}",
            "{\"Id\":\"d\",\"Workload\":\"Exchange\",\"RecordType\":13}",
            "{\"Id\":\"t\",\"Workload\":\"MicrosoftTeams\"}",
            "{\"no\":\"workload\"}");

    FileEvents events = FileEvents.read(file, FileEvents.Use.AS_IT_IS);

    assertThat(events.contentTypes()).containsExactlyInAnyOrder(ContentType.values());
    assertThat(body(events, EXCHANGE, 1)).isEqualTo("[" + MAIL + "]");
    assertThat(body(events, SHAREPOINT, 2)).contains("\"s\"", "\"o\"");
    assertThat(body(events, AZURE_ACTIVE_DIRECTORY, 1)).contains("\"a\"");
    assertThat(body(events, DLP, 1)).contains("\"d\"");
    assertThat(body(events, GENERAL, 2)).contains("\"t\"", "\"no\"");
  }

  @Test
  void readsTheAuditDataOfAnExport() throws Exception {
    Path file =
        write(
            "export.csv",
            "\uFEFFRecordId,CreationDate,RecordType,Operation,AuditData,AssociatedAdminUnits",
            "1,2026-08-01,2,Send,\"" + MAIL.replace("\"", "\"\"") + "\",",
            "2,2026-08-01,2,Send,\"{\"\"Id\"\":\"\"two\"\",\n\"\"Workload\"\":\"\"Exchange\"\"}\",");

    FileEvents events = FileEvents.read(file, FileEvents.Use.AS_IT_IS);

    assertThat(events.contentTypes()).containsExactly(EXCHANGE);
    assertThat(body(events, EXCHANGE, 1)).isEqualTo("[" + MAIL + "]");
  }

  @Test
  void repeatsItsEventsWithFreshIdsAndTimes() throws Exception {
    FileEvents events = FileEvents.read(write("events.jsonl", MAIL), FileEvents.Use.FRESH);
    BlobContent content = content(events, EXCHANGE, 3);

    Set<String> ids = new HashSet<>();
    for (JsonNode event : TestClient.JSON.readTree(content.plain())) {
      ids.add(event.path("Id").asText());
      assertThat(event.path("CreationTime").asText()).startsWith("2026-08-05T1");
    }
    assertThat(ids).hasSize(3).containsExactlyInAnyOrderElementsOf(content.eventIds());
    assertThat(new String(content.plain(), StandardCharsets.UTF_8)).contains("\"n\": 1.10");
  }

  @Test
  void keepsIdsOnEachRoundWhereAskedTo() throws Exception {
    FileEvents events = FileEvents.read(write("events.jsonl", MAIL), FileEvents.Use.AS_IT_IS);

    assertThat(content(events, EXCHANGE, 2).eventIds()).containsExactly("m1", "m1");
  }

  @Test
  void namesTheLineThatIsNoEventAndQuotesNothing() {
    assertThatThrownBy(() -> read(write("broken.jsonl", MAIL, "{\"secretperson\": oops}")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2 is not JSON")
        .hasMessageNotContaining("secretperson")
        .hasNoCause();
    assertThatThrownBy(() -> read(write("array.jsonl", "[1]")))
        .hasMessageContaining("line 1 is not a JSON object");
    assertThatThrownBy(() -> read(write("empty.jsonl", " "))).hasMessageContaining("has no events");
    assertThatThrownBy(() -> read(write("other.csv", "a,b", "1,2")))
        .hasMessageContaining("no column AuditData");
    assertThatThrownBy(() -> read(write("short.csv", "a,AuditData", "1")))
        .hasMessageContaining("record 1 has no AuditData");
  }

  @Test
  void hasNoPoolForAContentTypeWithoutEvents() throws Exception {
    FileEvents events = FileEvents.read(write("events.jsonl", MAIL), FileEvents.Use.FRESH);

    assertThatThrownBy(() -> events.poolFor(DLP)).isInstanceOf(IllegalArgumentException.class);
  }

  private static FileEvents read(Path file) throws IOException {
    return FileEvents.read(file, FileEvents.Use.FRESH);
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines));
  }

  private static BlobContent content(FileEvents events, ContentType type, int count) {
    return new BlobContent.Generated(events.poolFor(type), 5, 0, count, CREATED, CONTOSO);
  }

  private static String body(FileEvents events, ContentType type, int count) {
    return new String(content(events, type, count).plain(), StandardCharsets.UTF_8);
  }
}
