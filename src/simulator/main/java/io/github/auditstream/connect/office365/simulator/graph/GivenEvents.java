package io.github.auditstream.connect.office365.simulator.graph;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Events that a test gave, as they are. What is no JSON object cannot be found by a search. */
public final class GivenEvents implements AuditEvents {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private record Event(RecordTemplate template, String id, Instant time) {}

  private final List<Event> events;
  private final Instant earliest;
  private final Instant latest;
  private final String organization;

  private GivenEvents(List<Event> events, Instant created, String organization) {
    this.events = List.copyOf(events);
    this.earliest = events.stream().map(Event::time).min(Instant::compareTo).orElse(created);
    this.latest = events.stream().map(Event::time).max(Instant::compareTo).orElse(created);
    this.organization = organization;
  }

  /**
   * Reads events.
   *
   * @param texts each an event's JSON, or anything else
   * @param created when an event happened that does not say it
   * @param source what makes Ids up for events that have none
   */
  public static GivenEvents of(
      List<String> texts, Instant created, UUID organization, String source) {
    List<Event> events = new ArrayList<>(texts.size());
    for (String text : texts) {
      try {
        RecordTemplate template =
            RecordTemplate.of(text.getBytes(StandardCharsets.UTF_8), Set.of());
        String own = template.own("Id");
        String id =
            own.isEmpty()
                ? UUID.nameUUIDFromBytes(
                        (source + " " + events.size()).getBytes(StandardCharsets.UTF_8))
                    .toString()
                : own;
        events.add(new Event(template, id, time(template.own("CreationTime"), created)));
      } catch (IOException e) {
        // Graph holds no such event.
      }
    }
    return new GivenEvents(events, created, organization.toString());
  }

  @Override
  public int size() {
    return events.size();
  }

  @Override
  public Instant earliest() {
    return earliest;
  }

  @Override
  public Instant latest() {
    return latest;
  }

  @Override
  public Instant creationTime(int index) {
    return events.get(index).time();
  }

  @Override
  public String id(int index) {
    return events.get(index).id();
  }

  @Override
  public EventFacts facts(int index) {
    return events.get(index).template().facts();
  }

  @Override
  public void writeRecord(int index, ByteArrayOutputStream out) {
    Event event = events.get(index);
    String own = event.template().own("OrganizationId");
    event
        .template()
        .writeTo(
            out,
            event.id(),
            SECONDS.format(event.time()),
            own.matches("[0-9a-fA-F-]{36}") ? own : organization);
  }

  /**
   * When an event happened, in whole seconds.
   *
   * @param text its {@code CreationTime}
   * @param otherwise where that is no time
   */
  public static Instant time(String text, Instant otherwise) {
    try {
      Instant time =
          text.endsWith("Z")
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      return time.truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException e) {
      return otherwise.truncatedTo(ChronoUnit.SECONDS);
    }
  }
}
