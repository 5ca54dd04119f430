package io.github.auditstream.connect.office365.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.tools.HistoryAccount.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.storage.StringConverter;
import org.junit.jupiter.api.Test;

class AccountsTest {
  /** What a record has whose time nobody has given. */
  private static final long TIME = ConsumerRecord.NO_TIMESTAMP;

  private static final String TOPIC = "office365.exchange";

  private final Accounts accounts =
      new Accounts(
          new TopicSettings(
              "office365", "office365.receipts", "office365.status", "office365.deadletter"),
          new RecordDecoder(new StringConverter(), new StringConverter(), null));

  /** Its value is never converted, so any will do. */
  private static ConsumerRecord<byte[], byte[]> event(Map<String, String> headers) {
    ConsumerRecord<byte[], byte[]> event =
        new ConsumerRecord<>(TOPIC, 0, 7L, new byte[] {1}, new byte[] {0, 1, 2});
    headers.forEach(
        (name, value) -> event.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return event;
  }

  @Test
  void anEventCountsForTheBlobOfItsHeaders() {
    accounts.add(event(Map.of("tenant", "t", "contentType", "Audit.Exchange", "contentId", "b")));

    assertThat(accounts.feeds()).containsOnlyKeys(new FeedName("t", "Audit.Exchange"));
    assertThat(accounts.feed(new FeedName("t", "Audit.Exchange")).find("b")).isPresent();
    assertThat(accounts.foreignRecords()).isZero();
  }

  @Test
  void anEventWithoutTheConnectorsHeadersCountsForNone() {
    accounts.add(event(Map.of("tenant", "t")));
    accounts.add(event(Map.of("tenant", "t", "origin", "elsewhere")));
    accounts.add(event(Map.of("tenant", "t", "contentType", "Audit.Exchange")));

    assertThat(accounts.feeds()).isEmpty();
    assertThat(accounts.history().isEmpty()).isTrue();
    assertThat(accounts.foreignRecords()).isEqualTo(3);
  }

  @Test
  void anEventOfTheHistoryCountsForItsDay() {
    accounts.add(event(Map.of("tenant", "t", "origin", "history", "queryId", "q")));
    accounts.add(event(Map.of("origin", "import", "file", "f.csv")));

    assertThat(accounts.feeds()).isEmpty();
    assertThat(accounts.foreignRecords()).isZero();
    assertThat(accounts.history().of(HistoryAccount.Day.of("t", TIME)).events(Origin.HISTORY))
        .isEqualTo(1);
    assertThat(accounts.history().of(HistoryAccount.Day.of("", TIME)).events(Origin.IMPORT))
        .isEqualTo(1);
  }
}
