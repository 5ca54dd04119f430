package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.simulator.graph.AuditEvents;
import io.github.auditstream.connect.office365.simulator.graph.EventFacts;
import io.github.auditstream.connect.office365.simulator.graph.GivenEvents;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The events of a generated blob as audit log queries find them. */
final class GeneratedRecords implements AuditEvents {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private final BlobContent.Generated content;
  private final String source;
  private final Instant earliest;
  private final Instant latest;

  /**
   * @param source what makes Ids up for events that have none
   */
  GeneratedRecords(BlobContent.Generated content, String source) {
    this.content = content;
    this.source = source;
    Instant first =
        content
            .created()
            .minusSeconds(BlobContent.Generated.OLDEST_SECONDS)
            .truncatedTo(ChronoUnit.SECONDS);
    Instant last = content.created();
    for (int i = 0; i < content.events(); i++) {
      if (!template(i).takesFreshTime()) {
        Instant own = creationTime(i);
        first = own.isBefore(first) ? own : first;
        last = own.isAfter(last) ? own : last;
      }
    }
    earliest = first;
    latest = last;
  }

  @Override
  public int size() {
    return content.events();
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
    return template(index).takesFreshTime()
        ? content.freshTime(index).truncatedTo(ChronoUnit.SECONDS)
        : GivenEvents.time(template(index).record().own("CreationTime"), content.created());
  }

  @Override
  public String id(int index) {
    if (template(index).takesFreshId()) {
      return content.freshId(index);
    }
    String own = template(index).ownId();
    return own.isEmpty()
        ? UUID.nameUUIDFromBytes((source + " " + index).getBytes(StandardCharsets.UTF_8)).toString()
        : own;
  }

  @Override
  public EventFacts facts(int index) {
    return template(index).record().facts();
  }

  @Override
  public void writeRecord(int index, ByteArrayOutputStream out) {
    template(index)
        .record()
        .writeTo(
            out, id(index), SECONDS.format(creationTime(index)), content.organization().toString());
  }

  private EventTemplate template(int index) {
    return content.pool().template(content.first() + index);
  }
}
