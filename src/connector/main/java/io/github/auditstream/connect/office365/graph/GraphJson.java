package io.github.auditstream.connect.office365.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

/** How answers are parsed. */
final class GraphJson {
  /** For answers about queries, and about errors. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          // A message of the parser must not quote what it read.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(64).maxStringLength(1 << 20).build())
          .build();

  /** An event may be nested this deep, and stands in a record. */
  private static final int DEEPEST_RECORD = 1_001;

  /** In bytes; so much, times the 6,000 names that Jackson keeps, is small. */
  private static final int LONGEST_KEPT_NAME = 512;

  /** For records, whose size is bounded before they are parsed; refuses long names. */
  static final JsonFactory RECORDS = records(LONGEST_KEPT_NAME, true);

  /** The same for records with any names; slower. */
  static final JsonFactory ANY_RECORDS = records(Integer.MAX_VALUE, false);

  private static JsonFactory records(int maxNameLength, boolean keepsNames) {
    return JsonFactory.builder()
        // Events can bring names without end.
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, keepsNames)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST_RECORD)
                .maxNameLength(maxNameLength)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE)
                .build())
        .build();
  }

  /** What reads a record, or a part of one, with a parser of this factory. */
  interface RecordParse<T> {
    T with(JsonFactory parsers) throws MalformedAuditDataException;
  }

  private GraphJson() {}

  /** Reads a record with the faster factory, and with the other one where that does not do. */
  static <T> T withNames(byte[] text, RecordParse<T> parse) throws MalformedAuditDataException {
    if (!takesNamesForOthers(text)) {
      try {
        return parse.with(RECORDS);
      } catch (MalformedAuditDataException e) {
        // Perhaps for the length of a name.
      }
    }
    return parse.with(ANY_RECORDS);
  }

  /** Jackson fills up the names that it keeps with a byte that no UTF-8 has, and compares these. */
  private static boolean takesNamesForOthers(byte[] text) {
    for (byte one : text) {
      if (one == (byte) 0xff) {
        return true;
      }
    }
    return false;
  }
}
