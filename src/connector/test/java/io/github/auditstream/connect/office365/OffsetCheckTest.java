package io.github.auditstream.connect.office365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code PATCH /connectors/{name}/offsets} takes and refuses. */
class OffsetCheckTest {
  private static final String CONTOSO = "11111111-1111-4111-8111-111111111111";
  private static final Map<String, String> PROPS =
      Map.of(
          "name", "audit",
          "tenant.id", CONTOSO,
          "client.id", "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
          "client.secret", "marker-secret-7f3a",
          "content.types", "Audit.Exchange,Audit.General");
  private static final Map<String, String> EXCHANGE =
      Map.of("tenant", CONTOSO, "contentType", "Audit.Exchange");

  private static void alter(Map<String, ?> partition, Map<String, ?> offset) {
    assertThat(
            new Office365AuditSourceConnector()
                .alterOffsets(PROPS, Collections.singletonMap(partition, offset)))
        .isTrue();
  }

  private static String yesterday() {
    return Instant.now().minus(1, ChronoUnit.DAYS).toString();
  }

  @Test
  void takesATimeToRewindTo() {
    assertThatCode(() -> alter(EXCHANGE, Map.of("contentCreated", yesterday())))
        .doesNotThrowAnyException();
  }

  @Test
  void takesAnyRemoval() {
    assertThatCode(() -> alter(Map.of("garbage", 1L), null)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "22222222-2222-4222-8222-222222222222, Audit.Exchange, does not read a tenant",
    "contoso, Audit.Exchange, does not read a tenant",
    "11111111-1111-4111-8111-111111111111, Audit.Teams, content.types are",
    "11111111-1111-4111-8111-111111111111, DLP.All, content.types are"
  })
  void refusesASourcePartitionThatNoFeedReads(String tenant, String contentType, String why) {
    assertThatThrownBy(
            () ->
                alter(
                    Map.of("tenant", tenant, "contentType", contentType),
                    Map.of("contentCreated", yesterday())))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining(why);
  }

  @Test
  void refusesAPartitionOfAnotherShape() {
    assertThatThrownBy(() -> alter(Map.of("tenant", CONTOSO), Map.of("contentCreated", "x")))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("\"contentType\"");
  }

  @ParameterizedTest
  @CsvSource({
    "contentCreated, yesterday, is not a time",
    "contentCreated, 2999-01-01T00:00:00Z, lies in the future",
    "contentId, x, no 'contentCreated'",
    "created, 2026-11-20T00:00:00Z, does not know"
  })
  void refusesAnInvalidOffset(String entry, String value, String why) {
    assertThatThrownBy(() -> alter(EXCHANGE, Map.of(entry, value)))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining(why);
  }
}
