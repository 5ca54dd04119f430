package io.github.auditstream.connect.office365.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.quickstart.TopicTable.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicTableTest {
  private static final Instant NOW = Instant.parse("2026-08-01T10:00:00Z");

  @Test
  void showsTopicRecordsOperationAndLag() {
    assertThat(
            TopicTable.lines(
                List.of(
                    new Row("office365.exchange", 12_345, "MailItemsAccessed", NOW.minusSeconds(7)),
                    new Row("office365.status", 3, "", NOW)),
                NOW,
                16))
        .containsExactly(
            "  topic                                 records  last operation            lag",
            "  office365.exchange                     12,345  MailItemsAccessed         7 s",
            "  office365.status                            3                           <1 s");
  }

  @Test
  void fitsATerminalHoweverManyTopicsThereAreAndHoweverLongTheirNames() {
    List<Row> rows =
        IntStream.range(0, 30)
            .mapToObj(i -> new Row("t" + "o".repeat(60) + i, 10_000_000, "o".repeat(50), NOW))
            .toList();

    List<String> lines = TopicTable.lines(rows, NOW, 16);

    assertThat(lines).hasSize(17).allMatch(line -> line.length() < 80);
    assertThat(lines.get(lines.size() - 1)).contains("15 more topics").contains("150,000,000");
  }

  @ParameterizedTest
  @CsvSource({
    "PT-5S, <1 s",
    "PT0.9S, <1 s",
    "PT119S, 119 s",
    "PT2M, 2 min",
    "PT119M, 119 min",
    "PT2H, 2 h",
    "PT47H59M, 47 h",
    "PT48H, 2 d"
  })
  void writesAnAgeInOneUnit(Duration age, String text) {
    assertThat(TopicTable.age(age)).isEqualTo(text);
  }
}
