package io.github.auditstream.connect.office365.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and names of the record types that Microsoft documents.
 *
 * @see <a
 *     href="https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema#auditlogrecordtype">
 *     AuditLogRecordType</a>
 */
final class RecordTypes {

  private static final String RESOURCE = "record-types.tsv";

  private static final class Shipped {
    static final Map<Integer, String> NAMES = new HashMap<>();
    static final Map<String, Integer> NUMBERS = new HashMap<>();

    static {
      try (InputStream table = RecordTypes.class.getResourceAsStream(RESOURCE)) {
        if (table == null) {
          throw new IllegalStateException("The connector's archive lacks " + RESOURCE);
        }
        for (String line :
            new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
          String[] row = line.split("\t", -1);
          int number = Integer.parseInt(row[0]);
          NAMES.put(number, row[1]);
          for (int i = 1; i < row.length; i++) {
            NUMBERS.put(row[i].toLowerCase(Locale.ROOT), number);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private RecordTypes() {}

  /** The documented name of a number. */
  static Optional<String> name(int number) {
    return Optional.ofNullable(Shipped.NAMES.get(number));
  }

  /**
   * The numbers that a text means: itself if it is a number, documented or not; else those of the
   * documented names that it matches, in any case and with {@code *} for any characters. Empty if
   * there are none.
   */
  static Set<Integer> numbers(String text) {
    Integer number = number(text);
    if (number != null) {
      return Set.of(number);
    }
    Glob glob = Glob.of(text.replace(" ", ""));
    Set<Integer> numbers = new HashSet<>();
    Shipped.NUMBERS.forEach(
        (name, value) -> {
          if (glob.matches(name)) {
            numbers.add(value);
          }
        });
    return numbers;
  }

  /** The number that a value of an event's {@code RecordType} means, null for anything else. */
  static @Nullable Integer number(String text) {
    if (text.isEmpty() || text.length() > 9) {
      return null;
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
