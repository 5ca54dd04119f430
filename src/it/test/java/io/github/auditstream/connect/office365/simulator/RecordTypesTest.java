package io.github.auditstream.connect.office365.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.event.DlpRecordTypes;
import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.event.Workload;
import io.github.auditstream.connect.office365.event.Workloads;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** What the simulator knows of each record type, beside the schemas. */
class RecordTypesTest {
  @Test
  void haveTheirFieldsInTheSchemas() throws Exception {
    try (InputStream json = Simulator.class.getResourceAsStream("record-types.json")) {
      JsonNode types = new ObjectMapper().readTree(json);
      assertThat(types.size()).isGreaterThan(100);
      for (JsonNode type : types) {
        String suffix = type.get("schemaFile").asText().replace(".avsc", "");
        Workload workload =
            Workloads.all().stream()
                .filter(each -> each.topicSuffix().equals(suffix))
                .findFirst()
                .orElseThrow();
        assertThat(type.get("contentType").asText().equals("DLP.All"))
            .as("DLP.All brings %s", type.get("name"))
            .isEqualTo(DlpRecordTypes.contains(type.get("value").asInt()));
        if (!workload.equals(Workloads.GENERAL)) {
          for (JsonNode field : type.get("fields")) {
            assertThat(new EventSchemas().forWorkload(workload).field(field.asText()))
                .as("%s of %s", field, type.get("name"))
                .isNotNull();
          }
        }
      }
    }
  }
}
