package io.github.auditstream.connect.office365.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.model.ContentType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A user's own events: JSON lines, or a CSV export of the Purview audit search, whose column {@code
 * AuditData} holds the event. They are published round and round, each in the content type that it
 * would come in.
 */
public final class FileEvents implements EventLibrary {
  private static final String AUDIT_DATA = "AuditData";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The record types that Microsoft documents as DLP events. */
  private static final Set<Integer> DLP = Set.of(11, 13, 33, 63, 99, 100, 107);

  /** What becomes of an event at each use. */
  public enum Use {
    /** A new {@code Id} and a {@code CreationTime} shortly before the blob. */
    FRESH,
    /** The event as it is in the file, byte for byte. */
    AS_IT_IS
  }

  private final Map<ContentType, EventPool> pools = new EnumMap<>(ContentType.class);

  private FileEvents(Map<ContentType, List<EventTemplate>> templates) {
    templates.forEach((type, events) -> pools.put(type, new EventPool(events)));
  }

  /**
   * Reads the whole file.
   *
   * @param file {@code .csv} for an export, anything else for JSON lines; UTF-8
   * @throws IOException if it cannot be read, has no event, or a line of it is no JSON object; the
   *     message names the line and quotes nothing
   */
  public static FileEvents read(Path file, Use use) throws IOException {
    boolean csv = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    Map<ContentType, List<EventTemplate>> templates = new EnumMap<>(ContentType.class);
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      skipByteOrderMark(reader);
      if (csv) {
        readExport(reader, file, use, templates);
      } else {
        readLines(reader, file, use, templates);
      }
    } catch (IOException | UncheckedIOException e) {
      if (!isOfTheEncoding(e)) {
        throw e;
      }
      throw new IOException(
          file
              + " is not in the encoding UTF-8, but perhaps in UTF-16 or Windows-1252; save it as"
              + " UTF-8, for example by 'iconv -f WINDOWS-1252 -t UTF-8'");
    }
    if (templates.isEmpty()) {
      throw new IOException(file + " has no events");
    }
    return new FileEvents(templates);
  }

  @Override
  public Set<ContentType> contentTypes() {
    return Set.copyOf(pools.keySet());
  }

  @Override
  public EventPool poolFor(ContentType contentType) {
    EventPool pool = pools.get(contentType);
    if (pool == null) {
      throw new IllegalArgumentException("the file has no events for " + contentType);
    }
    return pool;
  }

  private static void readLines(
      BufferedReader reader, Path file, Use use, Map<ContentType, List<EventTemplate>> templates)
      throws IOException {
    long number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      if (!line.isBlank()) {
        add(line, file + " line " + number, use, templates);
      }
    }
  }

  private static void readExport(
      Reader reader, Path file, Use use, Map<ContentType, List<EventTemplate>> templates)
      throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreHeaderCase(true)
            .setTrim(true)
            .get();
    try (CSVParser parser = format.parse(reader)) {
      if (!parser.getHeaderMap().containsKey(AUDIT_DATA)) {
        throw new IOException(
            file + " has no column " + AUDIT_DATA + "; it is not an export of the audit search");
      }
      for (CSVRecord record : parser) {
        String where = file + " record " + record.getRecordNumber();
        if (!record.isSet(AUDIT_DATA)) {
          throw new IOException(where + " has no " + AUDIT_DATA);
        }
        add(record.get(AUDIT_DATA), where, use, templates);
      }
    }
  }

  private static void add(
      String json, String where, Use use, Map<ContentType, List<EventTemplate>> templates)
      throws IOException {
    JsonNode event;
    try {
      event = MAPPER.readTree(json);
    } catch (IOException e) {
      // The parser's message quotes the event.
      throw new IOException(where + " is not JSON");
    }
    if (!event.isObject()) {
      throw new IOException(where + " is not a JSON object");
    }
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    EventTemplate template =
        use == Use.FRESH ? EventTemplate.fresh(bytes, false) : EventTemplate.asItIs(bytes);
    templates.computeIfAbsent(contentType(event), any -> new ArrayList<>()).add(template);
  }

  private static ContentType contentType(JsonNode event) {
    if (DLP.contains(event.path("RecordType").asInt(0))) {
      return ContentType.DLP;
    }
    return switch (event.path("Workload").asText("").toLowerCase(Locale.ROOT)) {
      case "azureactivedirectory" -> ContentType.AZURE_ACTIVE_DIRECTORY;
      case "exchange" -> ContentType.EXCHANGE;
      case "sharepoint", "onedrive" -> ContentType.SHAREPOINT;
      default -> ContentType.GENERAL;
    };
  }

  /** The CSV parser wraps what its iterator meets. */
  private static boolean isOfTheEncoding(Exception e) {
    return e instanceof CharacterCodingException
        || e.getCause() instanceof CharacterCodingException;
  }

  private static void skipByteOrderMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
  }
}
