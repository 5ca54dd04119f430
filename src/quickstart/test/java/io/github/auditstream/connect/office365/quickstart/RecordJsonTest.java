package io.github.auditstream.connect.office365.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
  private static final Schema MORE =
      SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).optional().build();
  private static final Schema INNER =
      SchemaBuilder.struct().name("Inner").optional().field("Index", Schema.INT64_SCHEMA).build();
  private static final Schema SCHEMA =
      SchemaBuilder.struct()
          .name("Event")
          .field("Id", Schema.OPTIONAL_STRING_SCHEMA)
          .field("RecordType", Schema.OPTIONAL_INT32_SCHEMA)
          .field("Succeeded", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("Score", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("Labels", SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build())
          .field("ContentBlob", INNER)
          .field("AdditionalProperties", MORE)
          .build();

  @Test
  void leavesOutWhatIsEmptyAndShortensWhatIsLong() {
    Struct event =
        new Struct(SCHEMA)
            .put("Id", "i".repeat(70))
            .put("RecordType", 2)
            .put("Succeeded", true)
            .put("Score", 0.5)
            .put("Labels", List.of("a", "b", "c", "d"))
            .put("ContentBlob", new Struct(INNER).put("Index", 7L))
            .put("AdditionalProperties", Map.of());

    assertThat(RecordJson.lines(event, 100))
        .containsExactly(
            "{",
            "  \"Id\" : \"" + "i".repeat(58) + "..\",",
            "  \"RecordType\" : 2,",
            "  \"Succeeded\" : true,",
            "  \"Score\" : 0.5,",
            "  \"Labels\" : [ \"a\", \"b\", \"... 2 more\" ],",
            "  \"ContentBlob\" : {",
            "    \"Index\" : 7",
            "  }",
            "}");
  }

  @Test
  void cutsALongRecordAndSaysBy() {
    Struct event =
        new Struct(SCHEMA)
            .put("Id", "a")
            .put("RecordType", 2)
            .put("AdditionalProperties", Map.of("x", "1"));

    assertThat(RecordJson.lines(event, 4))
        .containsExactly("{", "  \"Id\" : \"a\",", "  ... 4 more lines", "}");
  }
}
