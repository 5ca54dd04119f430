package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventSchemasTest {

  private static final String ALL = "io.github.auditstream.connect.office365.event.Workloads#all";
  private static final List<String> COMMON =
      List.of(
          "Id",
          "RecordType",
          "CreationTime",
          "Operation",
          "OrganizationId",
          "UserType",
          "UserKey",
          "Workload",
          "ResultStatus",
          "ObjectId",
          "UserId",
          "ClientIP",
          "Scope",
          "AppAccessContext");

  private final EventSchemas schemas = new EventSchemas();

  @Test
  void handsOutTheSameObjectsEveryTime() {
    for (Workload workload : schemas.all()) {
      assertThat(new EventSchemas().forWorkload(workload)).isSameAs(schemas.forWorkload(workload));
    }
  }

  @Test
  @SuppressWarnings("try") // The file system has to be open, and no more.
  void hasOneFileForEachWorkloadAndNoOther() throws Exception {
    URI file =
        EventSchemas.class
            .getResource("/io/github/auditstream/connect/office365/schemas/general.avsc")
            .toURI();
    // Integration tests have the classes in their jar.
    try (FileSystem jar =
            file.getScheme().equals("jar") ? FileSystems.newFileSystem(file, Map.of()) : null;
        Stream<Path> files = Files.list(Path.of(file).getParent())) {
      assertThat(
              files
                  .map(each -> each.getFileName().toString())
                  .filter(name -> name.endsWith(".avsc")))
          .containsExactlyInAnyOrderElementsOf(
              Workloads.all().stream().map(each -> each.topicSuffix() + ".avsc").toList());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void namesTheRecordAfterTheWorkload(Workload workload) {
    assertThat(schemas.forWorkload(workload).name())
        .isEqualTo("io.github.auditstream.office365." + workload.name());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void hasTheCommonPropertiesFirstAndTheConnectorsOwnLast(Workload workload) {
    List<String> names = schemas.forWorkload(workload).fields().stream().map(Field::name).toList();

    assertThat(names).startsWith(COMMON.toArray(String[]::new));
    assertThat(names).endsWith(EventSchemas.CONTENT_BLOB, EventSchemas.ADDITIONAL_PROPERTIES);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void hasOnlyOptionalFieldsWithoutDefaultsUnderLegalNames(Workload workload) {
    for (Schema record : records(schemas.forWorkload(workload))) {
      assertThat(record.doc()).as(record.name()).isNotBlank();
      for (Field field : record.fields()) {
        assertThat(field.name()).matches("[A-Za-z_][A-Za-z0-9_]*");
        assertThat(field.schema().isOptional()).as(field.name()).isTrue();
        assertThat(field.schema().defaultValue()).as(field.name()).isNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void givesEveryRecordRoomForWhatItDoesNotKnow(Workload workload) {
    for (Schema record : records(schemas.forWorkload(workload))) {
      if (!record.name().endsWith("." + EventSchemas.CONTENT_BLOB)) {
        Schema map = record.field(EventSchemas.ADDITIONAL_PROPERTIES).schema();
        assertThat(map.keySchema()).isEqualTo(Schema.STRING_SCHEMA);
        assertThat(map.valueSchema()).isEqualTo(Schema.STRING_SCHEMA);
      }
    }
  }

  /** Databases fold the case of column names. */
  @ParameterizedTest
  @MethodSource(ALL)
  void hasNoTwoFieldsThatDifferInCaseOnly(Workload workload) {
    for (Schema record : records(schemas.forWorkload(workload))) {
      assertThat(record.fields().stream().map(field -> field.name().toLowerCase(Locale.ROOT)))
          .as(record.name())
          .doesNotHaveDuplicates();
    }
  }

  /** Classes generated from all the files together have one definition of each record. */
  @Test
  void aRecordNameMeansTheSameInEveryFile() {
    Map<String, Schema> seen = new HashMap<>();
    for (Workload workload : Workloads.all()) {
      for (Schema record : records(schemas.forWorkload(workload))) {
        Schema other = seen.putIfAbsent(record.name() + record.isOptional(), record);
        assertThat(record).as(record.name()).isEqualTo(other == null ? record : other);
      }
    }
  }

  private static List<Schema> records(Schema top) {
    List<Schema> records = new ArrayList<>();
    Deque<Schema> left = new ArrayDeque<>(List.of(top));
    while (!left.isEmpty()) {
      Schema schema = left.pop();
      switch (schema.type()) {
        case STRUCT -> {
          records.add(schema);
          schema.fields().forEach(field -> left.push(field.schema()));
        }
        case ARRAY -> left.push(schema.valueSchema());
        default -> assertThat(schema.type()).isNotEqualTo(Schema.Type.BYTES);
      }
    }
    return records;
  }
}
