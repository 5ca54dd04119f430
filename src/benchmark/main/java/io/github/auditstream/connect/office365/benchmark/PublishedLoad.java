package io.github.auditstream.connect.office365.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.EventLibrary;
import io.github.auditstream.connect.office365.simulator.FileEvents;
import io.github.auditstream.connect.office365.simulator.GeneratedEvents;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tenant with days of content, whose answers are rendered beforehand: the simulator costs next to
 * nothing then. Every connector with a new name reads it from its beginning.
 */
final class PublishedLoad implements AutoCloseable {
  /** No request waits for the quota: it is the connector that is measured. */
  static final int REQUESTS_PER_MINUTE = 60_000;

  private static final Duration HISTORY = Duration.ofHours(20);
  private static final long BODY_CACHE_BYTES = 1L << 30;

  private final Simulator simulator;
  private final String source;
  private final long jsonBytes;
  private final long events;
  private final long blobs;

  private PublishedLoad(Simulator simulator, String source) {
    this.simulator = simulator;
    this.source = source;
    List<PublishedBlob> published = simulator.ledger().blobs();
    this.blobs = published.size();
    this.events = published.stream().mapToLong(PublishedBlob::events).sum();
    this.jsonBytes = published.stream().mapToLong(blob -> blob.body().length).sum();
  }

  /** Publishes and renders it. */
  static PublishedLoad start(Path folder, BenchmarkOptions options) {
    EventLibrary library = library(folder, options.sample());
    Simulator simulator =
        Simulators.started(
            Simulator.builder()
                .directory(folder.resolve("simulator"))
                .bodyCache(BODY_CACHE_BYTES)
                .pageSize(200)
                .tokenRequestsPerMinute(10_000)
                .events(library)
                .tenant(t -> t.subscribedToAll().requestsPerMinute(10 * REQUESTS_PER_MINUTE)));
    SimulatedTenant tenant = simulator.tenant();
    int blobs = options.events() / options.eventsPerBlob() / library.contentTypes().size();
    for (ContentType type : library.contentTypes()) {
      tenant.history(type, HISTORY, Math.max(1, blobs), options.eventsPerBlob());
    }
    simulator.prepareBodies();
    return new PublishedLoad(
        simulator, options.sample().map(any -> "real events").orElse("generated events"));
  }

  /** A file of JSON lines, or a folder of them. */
  private static EventLibrary library(Path folder, Optional<Path> sample) {
    if (sample.isEmpty()) {
      return GeneratedEvents.seeded(1);
    }
    try {
      return FileEvents.read(oneFile(folder, sample.get()), FileEvents.Use.FRESH);
    } catch (IOException e) {
      throw new BenchmarkException("The sample cannot be read", e);
    }
  }

  private static Path oneFile(Path folder, Path file) throws IOException {
    if (Files.isDirectory(file)) {
      Path all = Files.createDirectories(folder).resolve("sample.jsonl");
      try (Stream<Path> files = Files.list(file)) {
        for (Path each :
            files.filter(name -> name.toString().endsWith(".jsonl")).sorted().toList()) {
          Files.writeString(
              all,
              Files.readString(each).stripTrailing() + "\n",
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND);
        }
      }
      return all;
    }
    return file;
  }

  /** Writes events of all content types as JSON lines. */
  Path writeSample(Path file, int mostEvents) {
    ObjectMapper json = new ObjectMapper();
    Map<ContentType, Integer> left = new EnumMap<>(ContentType.class);
    Set<ContentType> types =
        simulator.ledger().blobs().stream()
            .map(PublishedBlob::contentType)
            .collect(Collectors.toSet());
    types.forEach(type -> left.put(type, mostEvents / types.size()));
    List<String> lines = new ArrayList<>();
    try {
      for (PublishedBlob blob : simulator.ledger().blobs()) {
        if (left.getOrDefault(blob.contentType(), 0) > 0) {
          for (JsonNode event : json.readTree(blob.body())) {
            lines.add(event.toString());
          }
          left.merge(blob.contentType(), -blob.events(), Integer::sum);
        }
      }
      return Files.write(file, lines);
    } catch (IOException e) {
      throw new BenchmarkException("cannot write " + file, e);
    }
  }

  Simulator simulator() {
    return simulator;
  }

  /** What kind of events they are. */
  String source() {
    return source;
  }

  long events() {
    return events;
  }

  long blobs() {
    return blobs;
  }

  /** All bodies as JSON, not compressed. */
  long jsonBytes() {
    return jsonBytes;
  }

  @Override
  public void close() {
    simulator.close();
  }
}
