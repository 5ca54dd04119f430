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

  /** Jackson fills up the names that it keeps with this, and compares these. */
  private static final byte NEVER_IN_UTF8 = (byte) 0xff;

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
    requireUtf8(text);
    if (!has(text, NEVER_IN_UTF8)) {
      try {
        return parse.with(RECORDS);
      } catch (MalformedAuditDataException e) {
        // Perhaps for the length of a name.
      }
    }
    return parse.with(ANY_RECORDS);
  }

  /** Jackson takes zeros for UTF-16 or UTF-32; in the JSON that is read here there are none. */
  static void requireUtf8(byte[] text) throws MalformedAuditDataException {
    if (has(text, (byte) 0)) {
      throw new MalformedAuditDataException("has a zero byte and is not JSON in UTF-8");
    }
  }

  private static boolean has(byte[] text, byte wanted) {
    for (byte one : text) {
      if (one == wanted) {
        return true;
      }
    }
    return false;
  }
}
