package io.github.auditstream.connect.office365.event;

import io.github.auditstream.connect.office365.config.ContentType;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The events that the benchmarks go through, in blobs as the API would bring them: real events
 * where the folder that the system property {@value #FOLDER} names has some, otherwise those that
 * the simulator makes up. The same in every JVM.
 *
 * @param source where they come from, in words
 */
public record EventSample(String source, List<SampleBlob> blobs) {

  /** The system property that names the folder whose {@code events/*.jsonl} hold real events. */
  public static final String FOLDER = "office365.shared";

  private static final UUID TENANT = UUID.fromString("11111111-2222-3333-4444-555555555555");
  private static final Instant CREATED = Instant.parse("2026-08-01T10:00:00.120Z");
  private static final int EVENTS_A_BLOB = 100;
  private static final int MADE_UP_BLOBS_A_CONTENT_TYPE = 6;

  public EventSample {
    blobs = List.copyOf(blobs);
  }

  /**
   * Loads the sample.
   *
   * @throws UncheckedIOException if the events cannot be read
   */
  public static EventSample load() {
    Path folder = Path.of(System.getProperty(FOLDER, "../shared"), "events");
    try {
      return Files.isDirectory(folder) ? real(folder) : madeUp();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while events were made up", e);
    }
  }

  public int events() {
    return blobs.stream().mapToInt(SampleBlob::events).sum();
  }

  /** The size of all blobs. */
  public long jsonBytes() {
    return blobs.stream().mapToLong(blob -> blob.json().length).sum();
  }

  /** The part of the sample that is of one workload. */
  public EventSample of(Workload workload) {
    return new EventSample(
        source, blobs.stream().filter(blob -> blob.workload().equals(workload)).toList());
  }

  /** The workloads of its blobs. */
  public List<Workload> workloads() {
    return blobs.stream().map(SampleBlob::workload).distinct().toList();
  }

  private static EventSample real(Path folder) throws IOException {
    Map<Workload, List<String>> events = new LinkedHashMap<>();
    AuditEventMapper mapper = new AuditEventMapper(new EventSchemas());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String event : Files.readAllLines(file)) {
          events.computeIfAbsent(workload(event, mapper), any -> new ArrayList<>()).add(event);
        }
      }
    }
    List<SampleBlob> blobs = new ArrayList<>();
    events.forEach(
        (workload, all) -> {
          for (int from = 0; from < all.size(); from += EVENTS_A_BLOB) {
            List<String> some = all.subList(from, Math.min(all.size(), from + EVENTS_A_BLOB));
            byte[] json = ("[" + String.join(",", some) + "]").getBytes(StandardCharsets.UTF_8);
            blobs.add(new SampleBlob(workload, origin(workload, blobs.size()), json, some.size()));
          }
        });
    return new EventSample("real events, by workload", blobs);
  }

  private static Workload workload(String event, AuditEventMapper mapper) {
    byte[] json = event.getBytes(StandardCharsets.UTF_8);
    try {
      return mapper.map(json, 0, json.length, origin(Workloads.GENERAL, 0), 0).workload();
    } catch (UnmappableEventException e) {
      throw new IllegalStateException("the sample has a line that is no event", e);
    }
  }

  private static BlobOrigin origin(Workload workload, int number) {
    ContentType contentType =
        switch (workload.name()) {
          case "AzureActiveDirectory" -> ContentType.AZURE_ACTIVE_DIRECTORY;
          case "Exchange" -> ContentType.EXCHANGE;
          case "SharePoint", "OneDrive" -> ContentType.SHAREPOINT;
          default -> ContentType.GENERAL;
        };
    Instant created = CREATED.plusSeconds(number);
    return new BlobOrigin(
        TENANT.toString(), contentType.apiName(), "20260801100000120$" + number, created);
  }

  private static EventSample madeUp() throws IOException, InterruptedException {
    AuditEventMapper mapper = new AuditEventMapper(new EventSchemas());
    List<SampleBlob> blobs = new ArrayList<>();
    try (Simulator simulator =
        Simulator.builder().seed(1).tenant(tenant -> tenant.id(TENANT)).start()) {
      for (ContentType type : ContentType.values()) {
        for (PublishedBlob blob :
            simulator
                .tenant()
                .history(type, Duration.ofHours(1), MADE_UP_BLOBS_A_CONTENT_TYPE, EVENTS_A_BLOB)) {
          BlobOrigin origin =
              new BlobOrigin(
                  TENANT.toString(), type.apiName(), blob.contentId(), blob.contentCreated());
          SampleBlob body = new SampleBlob(Workloads.GENERAL, origin, blob.body(), blob.events());
          Workload workload = body.mapped(mapper).get(0).workload();
          blobs.add(new SampleBlob(workload, origin, body.json(), body.events()));
        }
      }
    }
    return new EventSample("events made up by the simulator, by content type", blobs);
  }
}
