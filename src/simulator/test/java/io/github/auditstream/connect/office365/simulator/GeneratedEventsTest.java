package io.github.auditstream.connect.office365.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.model.ContentType;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratedEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UUID CONTOSO = UUID.fromString("11111111-2222-3333-4444-555555555555");
  private static final Instant CREATED = Instant.parse("2026-08-05T12:00:00Z");

  @ParameterizedTest
  @EnumSource(ContentType.class)
  void coversEachRecordTypeThatHasASchemaInItsContentType(ContentType contentType)
      throws IOException {
    Set<Integer> expected =
        RecordTypeCatalog.load().of(contentType).stream()
            .map(RecordTypeCatalog.RecordType::value)
            .collect(Collectors.toSet());
    assertThat(expected).isNotEmpty();

    Set<Integer> seen = new HashSet<>();
    for (JsonNode event : events(contentType, 1, 400)) {
      seen.add(event.path("RecordType").asInt(-1));
    }

    // A surprise can make one event's record type something else, not all events' of that type.
    assertThat(seen).containsAll(expected);
  }

  @Test
  void theCatalogueHasEachRecordTypeOnce() {
    List<RecordTypeCatalog.RecordType> all = RecordTypeCatalog.load().all();

    assertThat(all).hasSizeGreaterThan(130);
    assertThat(all).extracting(RecordTypeCatalog.RecordType::value).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(ContentType.class)
  void writesEventsAsMicrosoftDoes(ContentType contentType) throws IOException {
    Set<String> ids = new HashSet<>();
    for (JsonNode event : events(contentType, 1, 500)) {
      assertThat(Call.guid(event.path("Id").asText())).as("a GUID").isPresent();
      assertThat(ids.add(event.path("Id").asText())).as("an Id of its own").isTrue();
      assertThat(event.path("OrganizationId").asText()).isEqualTo(CONTOSO.toString());
      Instant happened = TimeWindow.time(event.path("CreationTime").asText()).orElseThrow();
      assertThat(happened).isBetween(CREATED.minusSeconds(5_400), CREATED);
      assertThat(event.has("Operation")).isTrue();
    }
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedDoesNot() {
    for (ContentType type : ContentType.values()) {
      assertThat(body(type, 7, 300)).isEqualTo(body(type, 7, 300));
      assertThat(body(type, 7, 300)).isNotEqualTo(body(type, 8, 300));
    }
  }

  @Test
  void eventsAreAboutAsLongAsRealOnes() {
    long bytes = 0;
    int events = 0;
    for (ContentType type : ContentType.values()) {
      bytes += body(type, 1, 400).length;
      events += 400;
    }

    assertThat(bytes / events).isBetween(900L, 1_800L);
  }

  @Test
  void someEventsAreUnusual() throws IOException {
    int undocumented = 0;
    int nulls = 0;
    int recordTypesAsText = 0;
    for (JsonNode event : events(ContentType.EXCHANGE, 3, 400)) {
      undocumented += event.has("BrandNewProperty") || event.has("Undocumented") ? 1 : 0;
      recordTypesAsText += event.path("RecordType").isTextual() ? 1 : 0;
      for (JsonNode value : event) {
        nulls += value.isNull() ? 1 : 0;
      }
    }
    for (JsonNode event : events(ContentType.GENERAL, 3, 400)) {
      undocumented += event.has("BrandNewProperty") || event.has("Undocumented") ? 1 : 0;
      recordTypesAsText += event.path("RecordType").isTextual() ? 1 : 0;
      for (JsonNode value : event) {
        nulls += value.isNull() ? 1 : 0;
      }
    }

    assertThat(undocumented).isPositive();
    assertThat(nulls).isPositive();
    assertThat(recordTypesAsText).isPositive();
  }

  @Test
  void idsAreDecidedByRunningNumberAlone() {
    EventPool pool = GeneratedEvents.seeded(1).poolFor(ContentType.EXCHANGE);
    List<String> together = ids(pool, 0, 10);
    List<String> apart = new ArrayList<>(ids(pool, 0, 4));
    apart.addAll(ids(pool, 4, 6));

    assertThat(apart).isEqualTo(together);
  }

  private static List<String> ids(EventPool pool, long first, int count) {
    return new BlobContent.Generated(pool, 1, first, count, CREATED, CONTOSO).eventIds();
  }

  private static JsonNode events(ContentType type, long seed, int count) throws IOException {
    JsonNode events = JSON.readTree(body(type, seed, count));
    assertThat(events).hasSize(count);
    return events;
  }

  private static byte[] body(ContentType type, long seed, int count) {
    EventPool pool = GeneratedEvents.seeded(seed).poolFor(type);
    return new BlobContent.Generated(pool, seed, 0, count, CREATED, CONTOSO).plain();
  }
}
