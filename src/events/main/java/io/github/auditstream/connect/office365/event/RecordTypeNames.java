package io.github.auditstream.connect.office365.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The record types that the Management Activity API's schema or the reference of Microsoft Graph's
 * audit log queries lists. There are more, and new ones come without notice.
 *
 * @see <a
 *     href="https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema#auditlogrecordtype">
 *     AuditLogRecordType of the schema</a>
 * @see <a href="https://learn.microsoft.com/graph/api/resources/security-auditlogquery">Values of
 *     recordTypeFilters</a>
 */
public final class RecordTypeNames {

  private static final String RESOURCE = "record-types.tsv";
  private static final String DOCUMENTED = "documented";

  private static final class Shipped {
    static final List<RecordType> ALL = read();
    static final Map<Integer, RecordType> BY_NUMBER = new HashMap<>();
    static final Map<String, RecordType> BY_NAME = new HashMap<>();

    static {
      for (RecordType type : ALL) {
        type.number().ifPresent(number -> BY_NUMBER.put(number, type));
        type.names().forEach(name -> BY_NAME.put(name.toLowerCase(Locale.ROOT), type));
      }
    }
  }

  /**
   * A record type.
   *
   * @param number empty where it is not known
   * @param documented whether the schema says the number; else it follows from the place of the
   *     name in Graph's list, and is good for a label only
   * @param name in Pascal case, as the schema and Graph's answers write it
   * @param graphName as Graph's reference writes it for requests, mostly in lower camel case; empty
   *     text where that does not list it
   * @param workload that its events name as a rule; empty text where it is not known
   * @param otherName that it has in some places; empty text if there is none
   */
  public record RecordType(
      OptionalInt number,
      boolean documented,
      String name,
      String graphName,
      String workload,
      String otherName) {

    /** What it is called: one name, or two. */
    public List<String> names() {
      return otherName.isEmpty() ? List.of(name) : List.of(name, otherName);
    }

    /** Whether Graph's reference lists it. Its beta version has been seen to take others too. */
    public boolean isInGraph() {
      return !graphName.isEmpty();
    }
  }

  private RecordTypeNames() {}

  /** All, in the order of their numbers, and those without one last. */
  public static List<RecordType> all() {
    return Shipped.ALL;
  }

  /** Finds a record type by its number, documented or not. */
  public static Optional<RecordType> find(int number) {
    return Optional.ofNullable(Shipped.BY_NUMBER.get(number));
  }

  /** Finds a record type by any of its names, in any case. */
  public static Optional<RecordType> find(String name) {
    return Optional.ofNullable(Shipped.BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }

  private static List<RecordType> read() {
    try (InputStream table = RecordTypeNames.class.getResourceAsStream(RESOURCE)) {
      if (table == null) {
        throw new IllegalStateException("The archive lacks " + RESOURCE);
      }
      List<RecordType> all = new ArrayList<>();
      new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .forEach(row -> all.add(recordType(row)));
      return List.copyOf(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RecordType recordType(String[] row) {
    return new RecordType(
        row[0].isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(row[0])),
        row[1].equals(DOCUMENTED),
        row[2],
        row[3],
        row[4],
        row[5]);
  }
}
