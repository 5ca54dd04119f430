package io.github.auditstream.connect.office365.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.it.sinks.Needed;
import io.github.auditstream.connect.office365.it.sinks.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of {@code docs/operations.md} that makes the body of a rewind, run by jq itself. */
class RewindingTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What {@code GET} answers of a connector that reads two tenants. */
  private static final String OFFSETS =
      """
      {"offsets": [
        {"partition": {"tenant": "0b0b0b0b-0000-4000-8000-000000000002", "contentType": "Audit.Exchange"},
         "offset": {"contentCreated": "2026-11-24T10:00:00.000Z", "parked": "[{\\"contentId\\": \\"other\\"}]"}},
        {"partition": {"tenant": "c0470505-0000-4000-8000-000000000001", "contentType": "Audit.General"},
         "offset": {"contentCreated": "2026-11-24T11:00:00.000Z"}},
        {"partition": {"tenant": "c0470505-0000-4000-8000-000000000001", "contentType": "Audit.Exchange"},
         "offset": {"contentCreated": "2026-11-24T12:00:00.000Z", "readFrom": "2026-11-17T00:00:00.000Z",
                    "settled": "abc"%s}}
      ]}
      """;

  private static final String PARKED = ", \"parked\": \"[{\\\"contentId\\\": \\\"mine\\\"}]\"";
  private static final String BODY =
      """
      {"offsets": [
        {"partition": {"tenant": "c0470505-0000-4000-8000-000000000001", "contentType": "Audit.Exchange"},
         "offset": {"contentCreated": "2026-11-20T00:00:00.000Z"%s}}
      ]}
      """;

  @TempDir private Path folder;

  @Test
  void thePagesCommandRewindsOneFeedAndKeepsItsParkedBlobs() throws Exception {
    Needed.program("jq", "jq");

    assertThat(MAPPER.readTree(body(OFFSETS.formatted(PARKED))))
        .isEqualTo(MAPPER.readTree(BODY.formatted(PARKED)));
  }

  @Test
  void itWritesNoParkedBlobsWhereThereAreNone() throws Exception {
    Needed.program("jq", "jq");

    assertThat(MAPPER.readTree(body(OFFSETS.formatted(""))))
        .isEqualTo(MAPPER.readTree(BODY.formatted("")));
  }

  private String body(String offsets) throws Exception {
    Files.writeString(folder.resolve("offsets.json"), offsets);
    return new Shell(folder).run(Pages.block(Pages.doc("operations.md"), "by RewindingTest"), "");
  }
}
