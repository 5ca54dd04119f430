package io.github.auditstream.connect.office365.exports;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as an exported file. */
class ExportFileFuzz {
  private static final int LARGEST_ROW_BYTES = 4_000;

  private static Path file;

  @BeforeAll
  static void create() throws IOException {
    file = Files.createTempFile("export", "");
  }

  @AfterAll
  static void delete() throws IOException {
    Files.delete(file);
  }

  static Stream<byte[]> seeds() {
    String portal =
        Exports.portal(
            Exports.portalRow("1", Exports.event("1")),
            "2,,,,,\"{\"\"Id\"\":",
            Exports.portalRow("3", Exports.event("3")));
    return Stream.of(
            portal,
            "#TYPE x\nIdentity;AuditData\n\"1\";\"{\n\"\"a\"\":1\n}\"\n",
            "[\n  {\n \"auditData\":{}\n  },\n  {\n \"a\":[\n  },\n  {}\n]\n[{\"Id\":\"1\"}]",
            "{\"Id\":\"1\"}\n{\"Id\":\"2\n{\"Id\":\"3\"}\n")
        .flatMap(
            text ->
                Stream.of(
                    text.getBytes(StandardCharsets.UTF_8),
                    ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE)));
  }

  @MethodSource("seeds")
  @DictionaryEntries({"AuditData", "\"auditData\":", "\",\"{", "\"\"", "\"Id\":", "#TYPE"})
  @FuzzTest(maxDuration = "20s")
  void isReadToItsEndAndFromAnyRow(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    List<ExportRow> rows;
    try {
      rows = Exports.read(file, LARGEST_ROW_BYTES);
    } catch (UnreadableExportException e) {
      return;
    }
    long refusedBytes = 0;
    for (ExportRow row : rows) {
      if (row instanceof ExportRow.Refused refused) {
        assertThat((long) refused.text().remaining())
            .isEqualTo(Math.min(refused.textBytes(), Cut.KEPT_BYTES));
        refusedBytes += refused.textBytes();
      }
    }
    // A unit of UTF-16 becomes three bytes at most.
    assertThat(refusedBytes).isLessThanOrEqualTo(2L * bytes.length);
    int behind = rows.size() / 2;
    try (ExportFile export = ExportFile.open(file, LARGEST_ROW_BYTES)) {
      assertThat(export.skip(behind)).isTrue();
      assertThat(Exports.rest(export)).isEqualTo(rows.subList(behind, rows.size()));
    } catch (UnreadableExportException e) {
      throw new AssertionError("it was readable before", e);
    }
  }
}
