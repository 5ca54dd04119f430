package io.github.auditstream.connect.office365.transforms;

import io.github.auditstream.connect.office365.event.RecordTypeNames;
import io.github.auditstream.connect.office365.event.RecordTypeNames.RecordType;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers and names of the record types that the Management Activity API's schema documents. */
final class RecordTypes {

  private RecordTypes() {}

  /** The documented name of a number. */
  static Optional<String> name(int number) {
    return RecordTypeNames.find(number).filter(RecordType::documented).map(RecordType::name);
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
    for (RecordType type : RecordTypeNames.all()) {
      if (type.documented()
          && type.names().stream().anyMatch(name -> glob.matches(name.toLowerCase(Locale.ROOT)))) {
        numbers.add(type.number().orElseThrow());
      }
    }
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
