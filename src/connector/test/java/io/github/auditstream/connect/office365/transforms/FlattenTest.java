package io.github.auditstream.connect.office365.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.fixtures.JsonFingerprint;
import io.github.auditstream.connect.office365.fixtures.Repository;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

/** Kafka's Flatten behind what the page on transforms puts before it. */
class FlattenTest {

  private static final String FLATTEN = "org.apache.kafka.connect.transforms.Flatten$Value";
  private static final String REPLACE_FIELD =
      "org.apache.kafka.connect.transforms.ReplaceField$Value";

  private static final String EVENT =
      """
      {"Id":"e1","CreationTime":"2026-08-01T10:00:00","RecordType":6,"Operation":"FileViewed",
       "Workload":"SharePoint","UserId":"adele@contoso.example","NewProperty":{"a":[1]},
       "AppAccessContext":{"ClientAppName":"Web","NewInThere":1}}
      """;

  @Test
  void takesWhatThePagePutsBeforeIt() throws Exception {
    SinkRecord record = Records.of(Records.struct(EVENT));
    for (Transformation<SinkRecord> transform : chain()) {
      record = transform.apply(record);
    }

    Struct row = (Struct) record.value();
    row.validate();
    assertThat(row.schema().fields())
        .allSatisfy(field -> assertThat(field.schema().type().isPrimitive()).isTrue())
        .extracting(field -> field.name())
        .contains("Id", "UserId", "ContentBlob_Tenant", "ContentBlob_ContentId", "Original")
        .doesNotContain("AdditionalProperties", "AppAccessContext");
    assertThat(row.get("UserId")).isEqualTo("adele@contoso.example");
    JsonFingerprint.assertSame(row.getString("Original"), EVENT);
  }

  @Test
  void flattenFailsOnAnEventAsItIs() throws Exception {
    Transformation<SinkRecord> flatten = transform(FLATTEN, Map.of());
    SinkRecord event = Records.of(Records.struct(EVENT));

    assertThatThrownBy(() -> flatten.apply(event))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("does not support MAP");

    Transformation<SinkRecord> outermost =
        transform(REPLACE_FIELD, Map.of("exclude", "AdditionalProperties"));
    assertThatThrownBy(() -> flatten.apply(outermost.apply(event)))
        .as("the objects in it have their own")
        .isInstanceOf(DataException.class)
        .hasMessageContaining("does not support MAP");
  }

  @Test
  void takesADocument() throws Exception {
    ToEcs<SinkRecord> toEcs = new ToEcs<>();
    toEcs.configure(Map.of("include.audit", "false"));
    Transformation<SinkRecord> flatten = transform(FLATTEN, Map.of());

    SinkRecord flat = flatten.apply(toEcs.apply(Records.of(Records.struct(EVENT))));

    Map<?, ?> row = (Map<?, ?>) flat.value();
    assertThat(row.get("user.id")).isEqualTo("adele@contoso.example");
    assertThat(row.get("event.category")).isEqualTo(List.of("file"));
  }

  /** The example of the page. */
  private static List<Transformation<SinkRecord>> chain() throws Exception {
    Matcher example =
        Pattern.compile("<!-- example: flatten -->\\s+```json\\s+(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Repository.file("docs", "transforms.md")));
    assertThat(example.find()).isTrue();
    Map<String, String> keys = new HashMap<>();
    JsonNode json = new ObjectMapper().readTree(example.group(1));
    json.fields().forEachRemaining(each -> keys.put(each.getKey(), each.getValue().asText()));
    List<Transformation<SinkRecord>> chain = new ArrayList<>();
    for (String name : keys.get("transforms").split(",", -1)) {
      String prefix = "transforms." + name + ".";
      Map<String, String> config = new HashMap<>();
      keys.forEach(
          (key, value) -> {
            if (key.startsWith(prefix) && !key.endsWith(".type")) {
              config.put(key.substring(prefix.length()), value);
            }
          });
      chain.add(transform(keys.get(prefix + "type"), config));
    }
    return chain;
  }

  /** By its class's name, as a worker makes it. */
  @SuppressWarnings("unchecked")
  private static Transformation<SinkRecord> transform(String type, Map<String, String> config)
      throws Exception {
    Transformation<SinkRecord> transform =
        (Transformation<SinkRecord>)
            Class.forName(type)
                .asSubclass(Transformation.class)
                .getDeclaredConstructor()
                .newInstance();
    transform.configure(config);
    return transform;
  }
}
