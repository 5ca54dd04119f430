package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.fixtures.JsonFingerprint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditEventMapperTest {

  @Test
  void putsDocumentedPropertiesIntoTheirFields() throws Exception {
    Struct value =
        Blobs.map(
                "{\"Id\":\"e1\",\"RecordType\":2,\"Workload\":\"Exchange\",\"ExternalAccess\":false,"
                    + "\"recipientCount\":5000000000,\"ModifiedProperties\":[\"a\",\"b\"],"
                    + "\"Item\":{\"Subject\":\"Hi\",\"ParentFolder\":{\"Path\":\"\\\\Inbox\"}}}")
            .value();

    assertThat(value.getString("Id")).isEqualTo("e1");
    assertThat(value.getInt32("RecordType")).isEqualTo(2);
    assertThat(value.getBoolean("ExternalAccess")).isFalse();
    assertThat(value.getInt64("recipientCount")).isEqualTo(5_000_000_000L);
    assertThat(value.getArray("ModifiedProperties")).isEqualTo(List.of("a", "b"));
    assertThat(value.getStruct("Item").getStruct("ParentFolder").getString("Path"))
        .isEqualTo("\\Inbox");
    assertThat(value.getMap("AdditionalProperties")).isNull();
  }

  @Test
  void saysWhichBlobTheEventIsFrom() throws Exception {
    byte[] json = "x{}x".getBytes(StandardCharsets.UTF_8);

    Struct blob = Blobs.MAPPER.map(json, 1, 2, Blobs.GENERAL, 41).value().getStruct("ContentBlob");

    assertThat(blob.getString("Tenant")).isEqualTo(Blobs.GENERAL.tenant());
    assertThat(blob.getString("ContentType")).isEqualTo("Audit.General");
    assertThat(blob.getString("ContentId")).isEqualTo(Blobs.GENERAL.contentId());
    assertThat(blob.getString("ContentCreated")).isEqualTo("2026-08-01T10:00:00.120Z");
    assertThat(blob.getInt64("Index")).isEqualTo(41);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `"Unheard":[1, 2 ]`          | Unheard        | `[1, 2 ]`
          `"Unheard":{"a" : "\\u0041"}`| Unheard        | `{"a" : "\\u0041"}`
          `"UserId":null`              | UserId         | null
          `"UserId":7`                 | UserId         | 7
          `"UserId":{}`                | UserId         | {}
          `"UserId":"\\ud800"`         | UserId         | `"\\ud800"`
          `"RecordType":"15"`          | RecordType     | `"15"`
          `"RecordType":1.0`           | RecordType     | 1.0
          `"RecordType":1e3`           | RecordType     | 1e3
          `"RecordType":-0`            | RecordType     | -0
          `"RecordType":2147483648`    | RecordType     | 2147483648
          `"RecordType":true`          | RecordType     | true
          `"AppAccessContext":[ {} ]`  | AppAccessContext | `[ {} ]`
          `"ContentBlob":"mine"`       | ContentBlob    | `"mine"`
          `"AdditionalProperties":{"a":"b"}` | AdditionalProperties | `{"a":"b"}`
          `"id":"lower"`               | id             | `"lower"`
          `"":1`                       | ``             | 1
          `"#a":1`                     | #1:#a          | 1
          `"\\ud800":1`                | #1:\\ud800     | 1
          """)
  void keepsTheTextOfWhatDoesNotFit(String property, String key, String text) throws Exception {
    Struct value = Blobs.map("{" + property + "}").value();

    assertThat(value.getMap("AdditionalProperties")).isEqualTo(Map.of(key, text));
    value
        .schema()
        .fields()
        .forEach(
            field -> {
              if (!field.name().equals("ContentBlob")
                  && !field.name().equals("AdditionalProperties")) {
                assertThat(value.get(field)).as(field.name()).isNull();
              }
            });
  }

  @Test
  void keepsRepeatedPropertiesApart() throws Exception {
    Struct value =
        Blobs.map("{\"Id\":\"1\",\"x\":1,\"Id\":\"2\",\"x\":2,\"Id\":3,\"x\":3,\"#\":4,\"#\":5}")
            .value();

    assertThat(value.getString("Id")).isEqualTo("1");
    assertThat(value.getMap("AdditionalProperties"))
        .isEqualTo(
            Map.of(
                "#2:Id", "\"2\"", "#3:Id", "3", "x", "1", "#2:x", "2", "#3:x", "3", "#1:#", "4",
                "#2:#", "5"));
  }

  @Test
  void letsOnlyTheFirstOfRepeatedPropertiesIntoTheField() throws Exception {
    Struct value = Blobs.map("{\"Id\":null,\"Id\":\"2\"}").value();

    assertThat(value.getString("Id")).isNull();
    assertThat(value.getMap("AdditionalProperties"))
        .isEqualTo(Map.of("Id", "null", "#2:Id", "\"2\""));
  }

  @Test
  void movesOnlyThePropertyOfANestedObjectThatDoesNotFit() throws Exception {
    Struct item =
        Blobs.map("{\"Workload\":\"Exchange\",\"Item\":{\"Id\":\"i\",\"Subject\":9,\"New\":[]}}")
            .value()
            .getStruct("Item");

    assertThat(item.getString("Id")).isEqualTo("i");
    assertThat(item.getMap("AdditionalProperties")).isEqualTo(Map.of("Subject", "9", "New", "[]"));
  }

  @Test
  void movesAWholeArrayWithOneElementThatDoesNotFit() throws Exception {
    String array = "[{\"Name\":\"a\",\"Value\":\"b\"}, null ,{\"Name\":\"c\"}]";

    Struct value =
        Blobs.map("{\"Workload\":\"Exchange\",\"Parameters\":" + array + ",\"Id\":\"e\"}").value();

    assertThat(value.getArray("Parameters")).isNull();
    assertThat(value.getMap("AdditionalProperties")).isEqualTo(Map.of("Parameters", array));
    assertThat(value.getString("Id")).isEqualTo("e");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `{"Workload":"Exchange"}`                           | exchange
          `{"Workload" : "eXCHANGE"}`                         | exchange
          `{"x":{"Workload":"Exchange"}}`                     | general
          `{"x":["Workload","Exchange"]}`                     | general
          `{"x":"Workload","Exchange":"y"}`                   | general
          `{}`                                                | general
          `{"Workload":"Unheard"}`                            | general
          `{"Workload":null}`                                 | general
          `{"Workload":["Exchange"]}`                         | general
          `{"Workload":null,"Workload":"Exchange"}`           | general
          `{"Workload":"OneDrive","Workload":"Exchange"}`     | onedrive
          `{"\\u0057orkload":"OneDrive","Workload":"Exchange"}` | onedrive
          `{"a\\n":1,"Workload":"Exchange"}`                  | exchange
          `{"Workload":"Ex\\u0063hange"}`                     | exchange
          `{"workload":"Exchange"}`                           | general
          `{"x":"\\"","Workload":"Exchange"}`                 | exchange
          """)
  void routesByTheFirstWorkload(String json, String suffix) throws Exception {
    assertThat(Blobs.map(json).workload().topicSuffix()).isEqualTo(suffix);
    assertThat(Blobs.map(json, Blobs.origin("DLP.All")).workload()).isEqualTo(Workloads.DLP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          `{"Id":"e1"}`               | e1
          `{"Id":"\\u00e9"}`          | é
          `{"Id":"e1","Id":"e2"}`     | e1
          `{"Id":""}`                 | -
          `{"Id":1}`                  | -
          `{"Id":null}`               | -
          `{"Id":"\\ud800"}`          | -
          `{"x":{"Id":"e1"}}`         | -
          """)
  void hasTheIdOnlyIfItIsAText(String json, String id) throws Exception {
    assertThat(Blobs.map(json).id()).isEqualTo(java.util.Optional.ofNullable(id));
  }

  @Test
  void hasTheTimeOnlyIfItIsOne() throws Exception {
    assertThat(Blobs.map("{\"CreationTime\":\"2026-08-01T10:00:00\"}").creationTime())
        .contains(Instant.parse("2026-08-01T10:00:00Z"));
    assertThat(Blobs.map("{\"CreationTime\":\"soon\"}").creationTime()).isEmpty();
    assertThat(Blobs.map("{\"CreationTime\":1}").creationTime()).isEmpty();
    assertThat(Blobs.map("{}").creationTime()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "null",
        " {}",
        "{} ",
        "{}{}",
        "{\"secret\":x}",
        "{",
        "}",
        "{\"a\":1"
      })
  void refusesWhatIsNotOneObject(String json) {
    assertThatThrownBy(() -> Blobs.map(json))
        .isInstanceOf(UnmappableEventException.class)
        .message()
        .isNotBlank()
        .doesNotContain("secret");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] json = "{\"a\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
    json[6] = (byte) 0xC3;
    assertThatThrownBy(() -> Blobs.MAPPER.map(json, 0, json.length, Blobs.GENERAL, 0))
        .isInstanceOf(UnmappableEventException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void knowsNoLimitsButTheDepth() throws Exception {
    AuditEventRestorer restorer = new AuditEventRestorer();
    for (String json :
        List.of(
            "{\"RecordType\":" + "1".repeat(1_000_000) + "}",
            "{\"number\":1." + "5".repeat(1_000_000) + "e1000000}",
            "{\"" + "n".repeat(1_000_000) + "\":1}",
            "{\"UserId\":\"" + "é\\n".repeat(1_000_000) + "\"}",
            "{\"unheard\":\"" + "x".repeat(25_000_000) + "\"}")) {
      JsonFingerprint.assertSame(restorer.restore(Blobs.map(json).value()), json);
    }
  }

  @Test
  void acceptsManyRepetitionsOfOneName() throws Exception {
    int times = 200_000;
    String json = "{" + "\"a\":1,".repeat(times) + "\"b\":2}";

    Map<String, String> additional = Blobs.map(json).value().getMap("AdditionalProperties");

    assertThat(additional).hasSize(times + 1).containsKeys("a", "#2:a", "#" + times + ":a", "b");
  }
}
