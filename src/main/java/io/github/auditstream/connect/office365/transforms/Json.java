package io.github.auditstream.connect.office365.transforms;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

/** How the JSON text of events is read here. */
final class Json {

  /** Deeper than any event, and shallow enough for the stack. */
  static final int MAX_DEPTH = 500;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          // A message of the parser must not quote what it read.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          // Names are as many as events have, and interning them would keep them for ever.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          // The mapper takes strings and numbers of any length, so they come back here.
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Json() {}

  /** Whether a text can be a JSON object, by its first character that is no white space. */
  static boolean looksLikeObject(String text) {
    return first(text) == '{';
  }

  /** The first character that is no white space, 0 if there is none. */
  static char first(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit != ' ' && unit != '\n' && unit != '\r' && unit != '\t') {
        return unit;
      }
    }
    return 0;
  }
}
