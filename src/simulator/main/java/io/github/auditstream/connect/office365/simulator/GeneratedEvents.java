package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.model.ContentType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Made-up events of every record type that has a schema, in the content type that it comes in. The
 * same seed gives the same events. About one in twenty has a surprise such as real events have.
 */
public final class GeneratedEvents implements EventLibrary {
  /** Templates a content type: enough variety, and few enough to be made in an instant. */
  private static final int TEMPLATES = 400;

  private static final double SURPRISING = 0.05;

  private final long seed;
  private final RecordTypeCatalog catalog = RecordTypeCatalog.load();
  private final Map<ContentType, EventPool> pools = new EnumMap<>(ContentType.class);

  private GeneratedEvents(long seed) {
    this.seed = seed;
  }

  public static GeneratedEvents seeded(long seed) {
    return new GeneratedEvents(seed);
  }

  @Override
  public Set<ContentType> contentTypes() {
    return Set.of(ContentType.values());
  }

  @Override
  public synchronized EventPool poolFor(ContentType contentType) {
    return pools.computeIfAbsent(contentType, this::make);
  }

  private EventPool make(ContentType contentType) {
    SplittableRandom random = new SplittableRandom(seed * 31 + contentType.apiName().hashCode());
    List<RecordTypeCatalog.RecordType> types = catalog.of(contentType);
    EventWriter writer = new EventWriter(random);
    List<EventTemplate> templates = new ArrayList<>(TEMPLATES);
    for (int i = 0; i < TEMPLATES; i++) {
      // Each record type in turn, so that no round leaves one out.
      Map<String, Object> event = writer.event(types.get(i % types.size()));
      if (random.nextDouble() < SURPRISING) {
        Irregularities.add(event, random);
      }
      try {
        templates.add(EventTemplate.fresh(Answer.toJson(event), true));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new EventPool(templates);
  }
}
