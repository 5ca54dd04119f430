package io.github.auditstream.connect.office365.exports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever is in the cells, and however they are quoted, there are as many rows as were written.
 */
class RowsPropertyTest {
  private static Path file;

  @BeforeContainer
  static void create() throws IOException {
    file = Files.createTempFile("export", ".csv");
  }

  @AfterContainer
  static void delete() throws IOException {
    Files.delete(file);
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.strings()
        .withChars('"', ',', '\n', '\r', '{', '}', '[', ']', '\\', ':', ' ', 'a', '\u00e4', '#')
        .ofMaxLength(12)
        .list()
        .ofMaxSize(40);
  }

  private void write(String text, Charset charset) throws IOException {
    Files.write(file, ("\ufeff" + text).getBytes(charset));
  }

  /** Each third row has no event. */
  @Property(tries = 300)
  void noRowOfACsvFileIsLost(@ForAll("texts") List<String> texts, @ForAll boolean utf16)
      throws Exception {
    StringBuilder text = new StringBuilder("x,AuditData,y\n");
    List<String> written = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String cell = i % 3 == 2 ? "{" + texts.get(i) + "]" : event(i, texts.get(i));
      written.add(i % 3 == 2 ? "refused" : "e" + i);
      text.append(
          Exports.row(texts.get(i), cell, texts.get(texts.size() - 1 - i))
              + (i % 2 == 0 ? "\n" : "\r\n"));
    }
    write(text.toString(), utf16 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);

    List<ExportRow> rows = Exports.read(file);

    assertThat(Exports.ids(rows)).isEqualTo(written);
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i) instanceof ExportRow.Event) {
        assertThat(Exports.json(rows.get(i))).isEqualTo(event(i, texts.get(i)));
      }
    }
  }

  /** Rows with anything in the place of quotes cost no others. */
  @Property(tries = 300)
  void noGoodRowIsLostForABrokenOne(@ForAll("texts") List<String> texts) throws Exception {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      rows.add(Exports.row("x", event(2 * i, "")));
      rows.add("x,\"{" + texts.get(i).replace('\n', ' ') + "\"a");
    }
    write("x,AuditData\n" + String.join("\n", rows), StandardCharsets.UTF_8);

    assertThat(Exports.ids(Exports.read(file)))
        .filteredOn(id -> !id.equals("refused"))
        .isEqualTo(IntStream.range(0, texts.size()).mapToObj(i -> "e" + 2 * i).toList());
  }

  @Property(tries = 300)
  void noValueOfAJsonFileIsLost(@ForAll("texts") List<String> texts, @ForAll boolean lines)
      throws Exception {
    List<String> written = IntStream.range(0, texts.size()).mapToObj(i -> "e" + i).toList();
    List<String> values =
        IntStream.range(0, texts.size()).mapToObj(i -> event(i, texts.get(i))).toList();
    write(
        lines || values.isEmpty()
            ? String.join("\n", values) + "\n{}"
            : "[" + String.join(" ,\n", values) + "][ {} ]",
        StandardCharsets.UTF_8);

    List<ExportRow> rows = Exports.read(file);

    assertThat(rows).hasSize(texts.size() + 1);
    assertThat(Exports.ids(rows.subList(0, texts.size()))).isEqualTo(written);
  }

  private static String event(int number, String text) {
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(text));
    return "{\"Id\":\"e" + number + "\",\n \"a\":[{\"b\":\"" + quoted + "\"}]}";
  }
}
