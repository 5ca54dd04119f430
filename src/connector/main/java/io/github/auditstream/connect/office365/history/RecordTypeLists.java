package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.event.RecordTypeNames;
import io.github.auditstream.connect.office365.records.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Lists of record types, as queries filter by them. */
final class RecordTypeLists {
  private static final int NAME_BYTES = 8;

  /** All that Graph's reference lists. */
  private static final List<String> KNOWN =
      RecordTypeNames.all().stream()
          .filter(RecordTypeNames.RecordType::isInGraph)
          .map(RecordTypeNames.RecordType::graphName)
          .toList();

  private RecordTypeLists() {}

  /** A short name for a list, the same for the same list. */
  static String name(List<String> types) {
    if (types.size() == 1) {
      return types.get(0);
    }
    byte[] digest = Sha256.of(String.join(",", types).getBytes(StandardCharsets.UTF_8));
    return types.size() + "-types-" + HexFormat.of().formatHex(digest, 0, NAME_BYTES);
  }

  /**
   * Two halves of a list; none of a list of one.
   *
   * @param types none for all that are known
   */
  static List<List<String>> halves(List<String> types) {
    List<String> all = types.isEmpty() ? KNOWN : types;
    int half = all.size() / 2;
    return half == 0 ? List.of() : List.of(all.subList(0, half), all.subList(half, all.size()));
  }
}
