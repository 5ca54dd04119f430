package io.github.auditstream.connect.office365.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.model.ContentType;
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

  private static final ObjectMapper JSON = new ObjectMapper();
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
    ByWorkload events = new ByWorkload();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String event : Files.readAllLines(file)) {
          events.add(event, ContentType.GENERAL);
        }
      }
    }
    return new EventSample("real events", events.blobs());
  }

  private static EventSample madeUp() throws IOException, InterruptedException {
    ByWorkload events = new ByWorkload();
    try (Simulator simulator =
        Simulator.builder().seed(1).tenant(tenant -> tenant.id(TENANT)).start()) {
      for (ContentType type : ContentType.values()) {
        for (PublishedBlob blob :
            simulator
                .tenant()
                .history(type, Duration.ofHours(1), MADE_UP_BLOBS_A_CONTENT_TYPE, EVENTS_A_BLOB)) {
          for (JsonNode event : JSON.readTree(blob.body())) {
            events.add(event.toString(), type);
          }
        }
      }
    }
    return new EventSample("events made up by the simulator", events.blobs());
  }

  /** Events sorted by workload, as most blobs are. */
  private static final class ByWorkload {
    private final Map<Workload, List<String>> events = new LinkedHashMap<>();
    private final AuditEventMapper mapper = new AuditEventMapper(new EventSchemas());

    void add(String event, ContentType contentType) {
      byte[] json = event.getBytes(StandardCharsets.UTF_8);
      try {
        Workload workload = mapper.map(json, 0, json.length, origin(contentType, 0), 0).workload();
        events.computeIfAbsent(workload, any -> new ArrayList<>()).add(event);
      } catch (UnmappableEventException e) {
        throw new IllegalStateException("the sample has a line that is not an event", e);
      }
    }

    List<SampleBlob> blobs() {
      List<SampleBlob> blobs = new ArrayList<>();
      events.forEach(
          (workload, all) -> {
            for (int from = 0; from < all.size(); from += EVENTS_A_BLOB) {
              List<String> some = all.subList(from, Math.min(all.size(), from + EVENTS_A_BLOB));
              byte[] json = ("[" + String.join(",", some) + "]").getBytes(StandardCharsets.UTF_8);
              BlobOrigin origin = origin(contentType(workload), blobs.size());
              blobs.add(new SampleBlob(workload, origin, json, some.size()));
            }
          });
      return blobs;
    }

    private static BlobOrigin origin(ContentType contentType, int number) {
      return new BlobOrigin(
          TENANT.toString(),
          contentType.apiName(),
          "20260801100000120$" + number,
          CREATED.plusSeconds(number));
    }

    private static ContentType contentType(Workload workload) {
      return switch (workload.name()) {
        case "AzureActiveDirectory" -> ContentType.AZURE_ACTIVE_DIRECTORY;
        case "Dlp" -> ContentType.DLP;
        case "Exchange" -> ContentType.EXCHANGE;
        case "SharePoint", "OneDrive" -> ContentType.SHAREPOINT;
        default -> ContentType.GENERAL;
      };
    }
  }
}
