package io.github.auditstream.connect.office365.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.fixtures.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterEventsTest {

  private static final String EVENT =
      """
      {"Id":"e1","RecordType":2,"Workload":"Exchange","Operation":"MailItemsAccessed",
       "UserId":"Adele@contoso.example","CreationTime":"2026-08-01T10:00:00"}
      """;

  /** None of the four has its documented type. */
  private static final String STRANGE =
      """
      {"Id":"e2","RecordType":"2","Workload":"Exchange","Operation":7,"UserId":true}
      """;

  private static final String BARE = "{\"Id\":\"e3\",\"RecordType\":null,\"Operation\":null}";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-08-01T10:00:00Z"));

  @ParameterizedTest(name = "{0}={1} lets it pass: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          workloads.include    | exchange,SharePoint         | true
          workloads.include    | SharePoint                  | false
          workloads.include    | Ex*                         | true
          workloads.exclude    | Exchange                    | false
          workloads.exclude    | SharePoint,One*             | true
          record.types.include | 2                           | true
          record.types.include | ExchangeItem                | true
          record.types.include | exchangeitem                | true
          record.types.include | Exchange*                   | true
          record.types.include | 1,3,SharePoint              | false
          record.types.exclude | ExchangeItem                | false
          record.types.exclude | ExchangeAdmin,4711          | true
          operations.include   | MailItemsAccessed           | true
          operations.include   | mail*accessed               | true
          operations.include   | *-Mailbox                   | false
          operations.exclude   | *Items*                     | false
          operations.exclude   | Mail*Mail*                  | true
          users.include        | adele@CONTOSO.example       | true
          users.include        | *@contoso.example           | true
          users.include        | *@fabrikam.example          | false
          users.exclude        | *@contoso.example           | false
          users.exclude        | adele                       | true
          """)
  void filtersByEachListInEachForm(String key, String list, boolean passes) {
    try (FilterEvents<SinkRecord> filter = filter(Map.of(key, list))) {
      for (SinkRecord record : Records.forms(EVENT)) {
        assertThat(filter.apply(record)).isSameAs(passes ? record : null);
      }
    }
  }

  @Test
  void findsPropertiesOfUndocumentedType() {
    for (SinkRecord record : Records.forms(STRANGE)) {
      assertThat(filter(Map.of("record.types.include", "2")).apply(record)).isNotNull();
      assertThat(filter(Map.of("record.types.exclude", "ExchangeItem")).apply(record)).isNull();
      assertThat(filter(Map.of("operations.include", "7")).apply(record)).isNotNull();
      assertThat(filter(Map.of("users.exclude", "true")).apply(record)).isNull();
    }
  }

  @Test
  void passesEventsWithoutThePropertyUnlessOneIsRequired() {
    for (SinkRecord record : Records.forms(BARE)) {
      for (String key : List.of("workloads", "record.types", "operations", "users")) {
        assertThat(filter(Map.of(key + ".include", "*,1")).apply(record)).as(key).isNull();
        assertThat(filter(Map.of(key + ".exclude", "*,1")).apply(record)).as(key).isNotNull();
      }
    }
  }

  @Test
  void mustMatchInEveryList() {
    Map<String, String> config =
        Map.of("workloads.include", "Exchange", "operations.exclude", "MailItemsAccessed");
    SinkRecord record = Records.of(Records.struct(EVENT));

    assertThat(filter(config).apply(record)).isNull();
    assertThat(
            filter(Map.of("workloads.include", "Exchange", "users.include", "someone"))
                .apply(record))
        .isNull();
    assertThat(
            filter(Map.of("workloads.include", "Exchange", "users.include", "adele*"))
                .apply(record))
        .isSameAs(record);
  }

  @Test
  void passesEverythingElse() {
    Schema receipt = SchemaBuilder.struct().field("ContentId", Schema.STRING_SCHEMA).build();
    FilterEvents<SinkRecord> filter = filter(Map.of("workloads.include", "SharePoint"));

    for (SinkRecord record :
        List.of(
            Records.of(null, null),
            Records.of(Schema.STRING_SCHEMA, "text"),
            Records.of(Schema.STRING_SCHEMA, "{no json"),
            Records.of(Schema.STRING_SCHEMA, "{\"ContentId\":\"b1\"}"),
            Records.of(new Struct(receipt).put("ContentId", "b1")),
            Records.of(null, Map.of("ContentId", "b1")))) {
      assertThat(filter.apply(record)).isSameAs(record);
    }
  }

  @Test
  void readsTheFileOfUsersAgainWhenItHasChanged(@TempDir Path folder) throws Exception {
    Path file = users(folder, "# who\r\n\n  ADELE@contoso.example \nbob\n");
    FilterEvents<SinkRecord> filter =
        filter(Map.of("users.include.file", file.toString(), "users.file.check.ms", "1000"));
    SinkRecord record = Records.of(Records.struct(EVENT));
    assertThat(filter.apply(record)).isSameAs(record);

    Files.writeString(file, "carol\n");
    later(file, 1);
    assertThat(filter.apply(record)).as("before it is time to look").isSameAs(record);
    clock.advance(Duration.ofSeconds(1));
    assertThat(filter.apply(record)).isNull();

    Files.writeString(file, "*@contoso.example\n");
    later(file, 2);
    clock.advance(Duration.ofSeconds(1));
    assertThat(filter.apply(record)).isSameAs(record);
  }

  @Test
  void keepsTheLastUsersWhileTheFileIsUnusable(@TempDir Path folder) throws Exception {
    Path file = users(folder, "adele@contoso.example\n");
    FilterEvents<SinkRecord> filter =
        filter(Map.of("users.exclude.file", file.toString(), "users.file.check.ms", "1000"));
    SinkRecord record = Records.of(Records.struct(EVENT));

    Files.delete(file);
    clock.advance(Duration.ofSeconds(1));
    assertThat(filter.apply(record)).as("no file").isNull();

    users(folder, "# nobody\n");
    later(file, 1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(filter.apply(record)).as("nobody in it").isNull();

    Files.write(file, new byte[] {(byte) 0xC3, '\n'});
    later(file, 2);
    clock.advance(Duration.ofSeconds(1));
    assertThat(filter.apply(record)).as("not UTF-8").isNull();

    users(folder, "bob\n");
    later(file, 3);
    clock.advance(Duration.ofSeconds(1));
    assertThat(filter.apply(record)).as("fixed").isSameAs(record);
  }

  @Test
  void addsTheFilesUsersToThoseOfTheList(@TempDir Path folder) throws Exception {
    Map<String, String> config =
        Map.of(
            "users.include",
            "adele@contoso.example",
            "users.include.file",
            users(folder, "bob\n").toString());

    assertThat(filter(config).apply(Records.of(Records.struct(EVENT)))).isNotNull();
    assertThat(
            filter(config).apply(Records.of(Records.struct("{\"Id\":\"e4\",\"UserId\":\"Bob\"}"))))
        .isNotNull();
    assertThat(
            filter(config)
                .apply(Records.of(Records.struct("{\"Id\":\"e5\",\"UserId\":\"Carol\"}"))))
        .isNull();
  }

  @Test
  void takesAByteOrderMark(@TempDir Path folder) throws Exception {
    Path file = users(folder, "\uFEFFadele@contoso.example");

    assertThat(
            filter(Map.of("users.include.file", file.toString()))
                .apply(Records.of(Records.struct(EVENT))))
        .isNotNull();
  }

  @Test
  void refusesAnUnusableFile(@TempDir Path folder) throws Exception {
    String missing = folder.resolve("missing").toString();
    Path empty = users(folder, "# nobody\n");
    Path latin1 = folder.resolve("latin1");
    Files.write(latin1, "J\u00f6rg\n".getBytes(StandardCharsets.ISO_8859_1));

    assertRefused(Map.of("users.include.file", missing), "users.include.file", "does not exist");
    assertRefused(Map.of("users.exclude.file", missing), "users.exclude.file", "does not exist");
    assertRefused(Map.of("users.include.file", folder.toString()), "is not a file");
    assertRefused(Map.of("users.include.file", empty.toString()), "lists no user");
    assertRefused(Map.of("users.include.file", latin1.toString()), "is not text in UTF-8");
  }

  @Test
  void refusesAConfigurationThatSaysNothing() {
    assertRefused(Map.of(), "nothing to filter by", "workloads.include");
    assertRefused(Map.of("users.file.check.ms", "5"), "nothing to filter by");
    assertThatThrownBy(() -> filter(Map.of("users.file.check.ms", "5")))
        .hasMessageNotContaining("users.file.check.ms");
    assertRefused(Map.of("record.types.include", "ExchangeIten"), "ExchangeIten");
    assertRefused(Map.of("workloads.include", "Exchange,,SharePoint"), "workloads.include");
    assertRefused(Map.of("users.include", "a", "users.file.check.ms", "-1"), "check.ms");
  }

  @Test
  void knowsRecordTypesThatHaveAnOlderName() {
    assertThat(RecordTypes.numbers("Yammer")).containsExactly(22);
    assertThat(RecordTypes.numbers("Viva Engage")).containsExactly(22);
    assertThat(RecordTypes.numbers("CopilotInteraction")).contains(261);
    assertThat(RecordTypes.numbers("99999")).containsExactly(99999);
    assertThat(RecordTypes.number("2.0")).isNull();
  }

  private void assertRefused(Map<String, String> config, String... words) {
    assertThatThrownBy(() -> filter(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(words);
  }

  private FilterEvents<SinkRecord> filter(Map<String, String> config) {
    FilterEvents<SinkRecord> filter = new FilterEvents<>(clock);
    filter.configure(config);
    return filter;
  }

  private static Path users(Path folder, String lines) throws Exception {
    return Files.writeString(folder.resolve("users.txt"), lines);
  }

  /** A file system may tell times no finer than the test writes files. */
  private static void later(Path file, int seconds) throws Exception {
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_800_000_000L + seconds)));
  }
}
