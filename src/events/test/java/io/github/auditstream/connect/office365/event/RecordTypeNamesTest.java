package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.event.RecordTypeNames.RecordType;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordTypeNamesTest {

  @Test
  void everyNumberAndNameIsOfOneType() {
    Set<Integer> numbers = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (RecordType type : RecordTypeNames.all()) {
      type.number().ifPresent(number -> assertThat(numbers.add(number)).as("%s", type).isTrue());
      assertThat(type.documented() && type.number().isEmpty()).as("%s", type).isFalse();
      for (String name : type.names()) {
        assertThat(names.add(name.toLowerCase(Locale.ROOT))).as(name).isTrue();
        assertThat(RecordTypeNames.find(name)).contains(type);
        assertThat(RecordTypeNames.find(name.toUpperCase(Locale.ROOT))).contains(type);
      }
    }
  }

  @Test
  void graphWritesTheSameNameInAnotherCase() {
    assertThat(RecordTypeNames.all())
        .filteredOn(RecordType::isInGraph)
        .hasSize(275)
        .allSatisfy(type -> assertThat(type.graphName()).isEqualToIgnoringCase(type.name()));
    assertThat(RecordTypeNames.find("dlpEndpoint"))
        .hasValueSatisfying(
            type -> {
              assertThat(type.number()).hasValue(63);
              assertThat(type.name()).isEqualTo("DLPEndpoint");
              assertThat(type.graphName()).isEqualTo("dlpEndpoint");
              assertThat(type.workload()).isEqualTo("Endpoint");
            });
  }

  @Test
  void workloadsAreThoseThatEventsNameWhereTheyAreKnown() {
    assertThat(RecordTypeNames.all())
        .filteredOn(type -> !type.workload().isEmpty())
        .hasSizeGreaterThan(100)
        .allSatisfy(type -> assertThat(Workloads.find(type.workload())).isPresent());
  }

  @Test
  void namesThatHaveChangedAreKnownToo() {
    assertThat(RecordTypeNames.find("VivaEngage")).isEqualTo(RecordTypeNames.find(22));
    assertThat(RecordTypeNames.find(22)).map(RecordType::name).contains("Yammer");
  }

  @Test
  void numbersThatNobodyDocumentsAreMarked() {
    assertThat(RecordTypeNames.find(108)).map(RecordType::documented).contains(false);
    assertThat(RecordTypeNames.find(1)).map(RecordType::documented).contains(true);
    assertThat(RecordTypeNames.find(-1)).isEmpty();
    assertThat(RecordTypeNames.find("nothing")).isEmpty();
  }
}
