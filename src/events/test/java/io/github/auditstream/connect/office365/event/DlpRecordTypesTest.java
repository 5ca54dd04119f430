package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.fixtures.SharedEvents;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DlpRecordTypesTest {

  /** An event of DLP is one that a DLP rule or its removal made, whatever the workload. */
  @Test
  void areThoseOfAllRealEventsOfDlp() throws Exception {
    int dlpEvents = 0;
    for (String json : SharedEvents.all()) {
      JsonNode event = new ObjectMapper().readTree(json);
      boolean dlp = event.path("Operation").asText().toLowerCase(Locale.ROOT).startsWith("dlp");
      assertThat(DlpRecordTypes.contains(event.path("RecordType").asInt()))
          .as("%s %s", event.path("RecordType"), event.path("Operation"))
          .isEqualTo(dlp);
      dlpEvents += dlp ? 1 : 0;
    }
    assertThat(dlpEvents).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 13, 33, 99, 100, 107})
  void haveTheirOwnContentType(int recordType) {
    assertThat(DlpRecordTypes.contains(recordType)).isTrue();
  }

  /** Endpoint DLP, and the administration of DLP by cmdlets and for Power Platform. */
  @ParameterizedTest
  @ValueSource(ints = {63, 18, 187, 0, -1, 1, 15})
  void doNotIncludeWhatComesAsAuditContent(int recordType) {
    assertThat(DlpRecordTypes.contains(recordType)).isFalse();
  }
}
