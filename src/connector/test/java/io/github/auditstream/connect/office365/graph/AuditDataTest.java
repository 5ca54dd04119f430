package io.github.auditstream.connect.office365.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditDataTest {
  private static final Envelope AROUND =
      Envelope.ofExport(
          Optional.of("column"), Optional.of("2026-05-04T08:28:17.5Z"), Optional.of("Send"));

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String json(AuditData event) {
    return new String(event.json().array(), StandardCharsets.UTF_8);
  }

  @Test
  void readsAnObjectInTheLiveForm() throws Exception {
    AuditData event =
        AuditData.read(
            bytes(
                " {\"@odata.type\":\"#x\",\"Id\":\"1\",\"RecordType\":50,\"Operation\":\"o\","
                    + "\"CreationTime\":\"2026-05-04T08:28:17Z\"}\n"),
            AROUND);

    assertThat(json(event))
        .isEqualTo(
            "{\"Id\":\"1\",\"RecordType\":50,\"Operation\":\"o\","
                + "\"CreationTime\":\"2026-05-04T08:28:17\"}");
    assertThat(event.id()).contains("1");
    assertThat(event.recordType()).hasValue(50);
  }

  @Test
  void readsATextThatHoldsAnObject() throws Exception {
    AuditData event = AuditData.read(bytes("\"{\\\"Id\\\":\\\"\u00e4\\\"}\""), Envelope.NOTHING);

    assertThat(json(event)).isEqualTo("{\"Id\":\"\u00e4\"}");
    assertThat(event.id()).contains("\u00e4");
    assertThat(event.recordType()).isEmpty();
  }

  @Test
  void takesFromTheColumnsWhatTheEventLacks() throws Exception {
    AuditData event = AuditData.read(bytes("{}"), AROUND);

    assertThat(json(event))
        .isEqualTo(
            "{\"Id\":\"column\",\"CreationTime\":\"2026-05-04T08:28:17.5\","
                + "\"Operation\":\"Send\"}");
    assertThat(event.id()).contains("column");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9/20/2023 4:05:03 AM",
        "20.09.2023 04:05:03",
        "2023-09-20 04:05:03",
        "2023-09-20T04:05:03",
        "2023-09-20T04:05:03+02:00",
        "/Date(1651652897000)/",
        ""
      })
  void takesNoTimeWhoseZoneOrOrderIsUnknown(String time) throws Exception {
    Envelope around = Envelope.ofExport(Optional.of(" "), Optional.of(time), Optional.of(""));

    assertThat(json(AuditData.read(bytes("{\"Workload\":\"x\"}"), around)))
        .isEqualTo("{\"Workload\":\"x\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | 7",
        "-1 | -1",
        "9223372036854775807 | 9223372036854775807",
        "9223372036854775808 |",
        "1.0 |",
        "\"15\" | 15",
        "\"15 \" |",
        "\"Send\" |",
        "null |",
        "[1] |",
        "{\"RecordType\":1} |"
      })
  void hasTheNumberOfTheRecordTypeOnly(String value, Long expected) throws Exception {
    AuditData event = AuditData.read(bytes("{\"a\":1,\"RecordType\":" + value + "}"), AROUND);

    assertThat(event.recordType().stream().boxed().findFirst())
        .isEqualTo(Optional.ofNullable(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"1\",\"auditData\":{\"Id\":\"2\",\"a@odata.type\":\"#Int64\",\"a\":1}} |"
            + " {\"Id\":\"2\",\"a\":1}",
        "{\"Identity\":\"1\",\"Operations\":\"Send\",\"CreationDate\":\"2026-05-04T08:28:17Z\","
            + "\"AuditData\":\"{\\\"a\\\":1}\",\"ResultIndex\":1} |"
            + " {\"a\":1,\"Id\":\"1\",\"CreationTime\":\"2026-05-04T08:28:17\","
            + "\"Operation\":\"Send\"}",
        "{\"CreationTime\":\"tZ\",\"Id\":\"1\",\"RecordType@odata.type\":\"x\",\"RecordType\":2} |"
            + " {\"CreationTime\":\"t\",\"Id\":\"1\",\"RecordType\":2}",
      })
  void readsEveryObjectOfAnExport(String object, String expected) throws Exception {
    assertThat(json(AuditData.readExported(bytes(object)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "secret",
        "17",
        "null",
        "[]",
        "{\"secret\":1",
        "{\"secret\":1}}",
        "{\"secret\":1}{}",
        "{secret:1}",
        "\"secret\"",
        "\"{\\\"secret\\\":\"",
        "\"{}\" \"secret\"",
        "\"\\ud800{}\"",
        "\ufeff{}",
        "\"\\ufeff{}\"",
        "\"{\\u0000}\\u0000\""
      })
  void refusesAnythingElseAndQuotesNothing(String value) {
    assertThat(
            catchThrowableOfType(
                    MalformedAuditDataException.class, () -> AuditData.read(bytes(value), AROUND))
                .reason())
        .startsWith("has a")
        .doesNotContain("secret");
  }

  @Test
  void takesNoZerosForAnotherEncoding() {
    byte[] utf16 = "{\"secret\":1}".getBytes(StandardCharsets.UTF_16LE);

    assertThat(
            catchThrowableOfType(
                    MalformedAuditDataException.class, () -> AuditData.read(utf16, AROUND))
                .reason())
        .isEqualTo("has a zero byte and is not JSON in UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"secret\":1}",
        "{}",
        "{\"Id\":\"1\",\"auditData\":null}",
        "{\"Id\":\"1\",\"AuditData\":{},\"auditData\":{}}",
        "{\"Id\":\"1\",\"AuditData\":\"\"}",
        "{\"Id\":\"1\",\"AuditData\":17}",
        "{\"Id\":\"1\"",
        "17",
        ""
      })
  void refusesAnObjectOfAnExportThatIsNoEvent(String object) {
    assertThat(
            catchThrowableOfType(
                    MalformedAuditDataException.class, () -> AuditData.readExported(bytes(object)))
                .reason())
        .isNotEmpty()
        .doesNotContain("secret");
  }
}
