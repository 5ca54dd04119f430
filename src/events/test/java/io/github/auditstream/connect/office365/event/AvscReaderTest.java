package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvscReaderTest {

  @Test
  void readsPrimitivesAsOptionalFieldsWithoutDefaults() throws IOException {
    Schema schema =
        record(
            optional("s", "\"string\"")
                + ","
                + optional("i", "\"int\"")
                + ","
                + optional("l", "\"long\"")
                + ","
                + optional("d", "\"double\"")
                + ","
                + optional("b", "\"boolean\"")
                + ","
                + optional("y", "\"bytes\""));

    assertThat(schema.field("s").schema()).isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
    assertThat(schema.field("i").schema()).isEqualTo(Schema.OPTIONAL_INT32_SCHEMA);
    assertThat(schema.field("l").schema()).isEqualTo(Schema.OPTIONAL_INT64_SCHEMA);
    assertThat(schema.field("d").schema()).isEqualTo(Schema.OPTIONAL_FLOAT64_SCHEMA);
    assertThat(schema.field("b").schema()).isEqualTo(Schema.OPTIONAL_BOOLEAN_SCHEMA);
    assertThat(schema.field("y").schema()).isEqualTo(Schema.OPTIONAL_BYTES_SCHEMA);
    assertThat(schema.fields()).allMatch(field -> field.schema().defaultValue() == null);
  }

  @Test
  void readsARequiredField() throws IOException {
    assertThat(record("{\"name\": \"s\", \"type\": \"string\"}").field("s").schema())
        .isEqualTo(Schema.STRING_SCHEMA);
  }

  @Test
  void readsArraysMapsAndNestedRecords() throws IOException {
    Schema schema =
        record(
            optional("list", "{\"type\": \"array\", \"items\": \"string\"}")
                + ","
                + optional("map", "{\"type\": \"map\", \"values\": \"long\"}")
                + ","
                + optional(
                    "nested",
                    "{\"type\": \"record\", \"name\": \"Inner\", \"fields\": ["
                        + optional("x", "\"int\"")
                        + "]}")
                + ","
                + optional("again", "\"Inner\"")
                + ","
                + optional("many", "{\"type\": \"array\", \"items\": \"a.b.Inner\"}"));

    assertThat(schema.field("list").schema().isOptional()).isTrue();
    assertThat(schema.field("list").schema().valueSchema()).isEqualTo(Schema.STRING_SCHEMA);
    assertThat(schema.field("map").schema().keySchema()).isEqualTo(Schema.STRING_SCHEMA);
    assertThat(schema.field("map").schema().valueSchema()).isEqualTo(Schema.INT64_SCHEMA);
    Schema nested = schema.field("nested").schema();
    assertThat(nested.name()).isEqualTo("a.b.Inner");
    assertThat(nested.isOptional()).isTrue();
    assertThat(schema.field("again").schema()).isSameAs(nested);
    Schema element = schema.field("many").schema().valueSchema();
    assertThat(element.isOptional()).isFalse();
    assertThat(element.fields()).isEqualTo(nested.fields());
  }

  @Test
  void keepsNamesAndDocs() throws IOException {
    Schema schema =
        read(
            "{\"type\": \"record\", \"name\": \"R\", \"namespace\": \"a.b\", \"doc\": \"About R.\","
                + " \"fields\": [{\"name\": \"f\", \"type\": [\"null\", \"string\"],"
                + " \"default\": null, \"doc\": \"About f.\"}]}");

    assertThat(schema.name()).isEqualTo("a.b.R");
    assertThat(schema.doc()).isEqualTo("About R.");
    assertThat(schema.parameters())
        .containsEntry(AvscReader.RECORD_DOC, "About R.")
        .containsEntry(AvscReader.FIELD_DOC_PREFIX + "f", "About f.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"name": "f", "type": "float"}                                        | field f
          {"name": "f", "type": "Unknown"}                                      | Unknown
          {"name": "f", "type": "R"}                                            | ends before it
          {"name": "f", "type": ["string", "null"], "default": null}            | union
          {"name": "f", "type": ["null", "string", "int"], "default": null}     | union
          {"name": "f", "type": ["null", "string"]}                             | default
          {"name": "f", "type": ["null", "string"], "default": "x"}             | default
          {"name": "f", "type": "string", "default": "x"}                       | default
          {"name": "f", "type": "string", "order": "ignore"}                    | order
          {"name": "f", "type": {"type": "enum", "name": "E", "symbols": []}}   | enum
          {"name": "f", "type": {"type": "string", "logicalType": "uuid"}}      | not supported
          {"name": "f", "type": {"type": "record", "name": "R2"}}               | list of fields
          {"name": "f", "type": {"type": "record", "name": "R2", "aliases": []}}| aliases
          {"type": "string"}                                                    | "name"
          {"name": "f"}                                                         | neither a name
          "f"                                                                   | not an object
          {"name": "f", "type": "string", "doc": 1}                             | number
          {"name": "f", "type": "string", "name": "g"}                          | not JSON
          {"name": "f"                                                          | not JSON
          """)
  void refusesWhatIsOutsideItsSubset(String field, String word) {
    assertThatThrownBy(() -> record(field))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("test.avsc")
        .hasMessageContaining(word);
  }

  @Test
  void refusesARecordDefinedTwice() {
    String inner = "{\"type\": \"record\", \"name\": \"Inner\", \"fields\": []}";

    assertThatThrownBy(() -> record(optional("a", inner) + "," + optional("b", inner)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("Inner", "twice");
  }

  @Test
  void refusesWhatFollowsTheSchema() {
    assertThatThrownBy(
            () -> read("{\"type\": \"record\", \"name\": \"R\", \"fields\": []} \"more\""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("goes on");
    assertThatThrownBy(() -> read("")).isInstanceOf(IllegalArgumentException.class);
  }

  private static String optional(String name, String type) {
    return "{\"name\": \"" + name + "\", \"type\": [\"null\", " + type + "], \"default\": null}";
  }

  private static Schema record(String fields) throws IOException {
    return read(
        "{\"type\": \"record\", \"name\": \"R\", \"namespace\": \"a.b\", \"fields\": ["
            + fields
            + "]}");
  }

  private static Schema read(String avsc) throws IOException {
    return AvscReader.read(
        new ByteArrayInputStream(avsc.getBytes(StandardCharsets.UTF_8)), "test.avsc");
  }
}
