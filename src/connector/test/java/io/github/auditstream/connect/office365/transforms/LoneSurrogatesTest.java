package io.github.auditstream.connect.office365.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.auditstream.connect.office365.event.JsonQuote;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** Half surrogate pairs, in names above all, whatever release of Jackson the worker brings. */
class LoneSurrogatesTest {

  /** An event that has one in a name, before what a filter and a mapping look for. */
  private static final String EVENT =
      "{\"Id\":\"e1\",\"RecordType\":2,\"a\\udc00\":\"x\\ud800\",\"Workload\":\"Exchange\","
          + "\"Operation\":\"Send\",\"UserId\":\"adele@contoso.example\"}";

  @Test
  void filtersByWhatStandsBehindOne() {
    FilterEvents<SinkRecord> filter = new FilterEvents<>();
    filter.configure(Map.of("workloads.exclude", "Exchange"));

    for (SinkRecord record : events()) {
      assertThat(filter.apply(record)).isNull();
    }
  }

  @Test
  void mapsAnEventThatHasOne() {
    ToEcs<SinkRecord> toEcs = new ToEcs<>();
    toEcs.configure(Map.of());

    for (SinkRecord record : events()) {
      Map<?, ?> document = (Map<?, ?>) toEcs.apply(record).value();
      assertThat((Map<?, ?>) document.get("event")).extracting("kind").isEqualTo("event");
      assertThat(((Map<?, ?>) ((Map<?, ?>) document.get("o365")).get("audit")).get("a\uFFFD"))
          .isEqualTo("x\uFFFD");
    }
  }

  private static List<SinkRecord> events() {
    return List.of(
        Records.of(Records.struct(EVENT)),
        Records.of(Schema.STRING_SCHEMA, EVENT),
        Records.of(
            Schema.STRING_SCHEMA, EVENT.replace("\\udc00", "\udc00").replace("\\ud800", "\ud800")));
  }

  @Test
  void distinguishesLoneOnesFromPairsAndFromEscapedBackslashes() {
    assertThat(LoneSurrogates.in("\"\\ud83d\\ude00 \ud83d\ude00 \\\\ud800 \\u00e4 \ue000\""))
        .isFalse();
    for (String lone :
        List.of("\\ud800", "\\uDC00x", "\ud800", "\udc00", "\\ud83d\ude00", "\ud83d" + "\\ude00")) {
      assertThat(LoneSurrogates.in("\"" + lone + "\"")).as(lone).isTrue();
    }
    for (String cut : List.of("\"\\", "\"\\u", "\"\\ud8", "\"\\ud800", "\ud800", "\"\\ud800\\u")) {
      assertThat(LoneSurrogates.reveal(LoneSurrogates.hide(cut))).as(cut).isNotNull();
    }
  }

  @Property(tries = 2_000)
  void readsEveryTextAndNameAsItWasWritten(@ForAll @Size(max = 12) List<Integer> numbers)
      throws Exception {
    char[] units = {
      '\ud800', '\udc00', '\ud83d', '\ude00', '\ue000', '\ue800', '\\', 'u', 'a', '"'
    };
    StringBuilder text = new StringBuilder();
    StringBuilder json = new StringBuilder("{\"");
    for (int number : numbers) {
      char unit = units[Math.floorMod(number, units.length)];
      text.append(unit);
      if (unit != '"' && unit != '\\' && number % 3 == 0) {
        json.append(unit);
      } else {
        json.append("\\u%04x".formatted((int) unit));
      }
    }
    String end = json.substring(1);
    json.append("\":").append(end).append("\"}");

    try (JsonParser parser = Json.parser(json.toString())) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      assertThat(parser.nextToken()).isEqualTo(JsonToken.FIELD_NAME);
      assertThat(parser.currentName()).isEqualTo(text.toString());
      assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
      assertThat(parser.getText()).isEqualTo(text.toString());
    }
    StringBuilder quoted = new StringBuilder();
    JsonQuote.append(quoted, text.toString());
    assertThat(JsonTree.read(quoted.toString())).isInstanceOf(String.class);
  }
}
