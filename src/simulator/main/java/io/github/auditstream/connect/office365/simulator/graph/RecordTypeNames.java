package io.github.auditstream.connect.office365.simulator.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Record types by number and by name. Requests name them in lower camel case as a rule, answers in
 * Pascal case; case makes no difference. Some names that Graph lists have no documented number.
 */
final class RecordTypeNames {
  private static final String UNKNOWN = "UnknownFutureValue";
  private static final RecordTypeNames ALL = read();

  /**
   * A record type.
   *
   * @param number -1 where it is not known
   * @param workload empty text where it is not known
   * @param inEnumeration whether Graph's reference lists the name; newer ones are taken by beta
   *     only
   */
  record RecordType(int number, String name, String workload, boolean inEnumeration) {}

  private final Map<String, RecordType> byName = new HashMap<>();
  private final Map<Integer, String> names = new HashMap<>();

  private RecordTypeNames() {}

  static Optional<RecordType> find(String name) {
    return Optional.ofNullable(ALL.byName.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The name in answers. */
  static String name(int number) {
    return ALL.names.getOrDefault(number, UNKNOWN);
  }

  private static RecordTypeNames read() {
    RecordTypeNames all = new RecordTypeNames();
    try (InputStream in = RecordTypeNames.class.getResourceAsStream("record-types.tsv")) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks record-types.tsv");
      }
      new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(all::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** Number, name, workload, and the version whose reference lists it. */
  private void add(String line) {
    String[] columns = line.split("\t", -1);
    int number = columns[0].isEmpty() ? -1 : Integer.parseInt(columns[0]);
    RecordType type = new RecordType(number, columns[1], columns[2], !columns[3].isEmpty());
    byName.put(columns[1].toLowerCase(Locale.ROOT), type);
    if (number >= 0) {
      names.put(number, columns[1]);
    }
  }
}
