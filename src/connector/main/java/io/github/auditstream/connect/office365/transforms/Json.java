package io.github.auditstream.connect.office365.transforms;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How the JSON text of events is read here. */
final class Json {

  /** Deeper than any event, and shallow enough for the stack. */
  static final int MAX_DEPTH = 500;

  private static final JsonFactory FACTORY =
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

  /** Reveals the lone surrogates that were hidden from the parser. */
  private static final class Revealing extends JsonParserDelegate {
    Revealing(JsonParser hidden) {
      super(hidden);
    }

    @Override
    public @Nullable String currentName() throws IOException {
      String name = super.currentName();
      return name == null ? null : LoneSurrogates.reveal(name);
    }

    @Override
    public @Nullable String getText() throws IOException {
      String text = super.getText();
      return text == null ? null : LoneSurrogates.reveal(text);
    }
  }

  private Json() {}

  /**
   * A parser of one JSON text, which reads the same with every release of Jackson. Only its names
   * ({@code currentName}) and texts ({@code getText}) are to be asked for.
   */
  static JsonParser parser(String text) throws IOException {
    return LoneSurrogates.in(text)
        ? new Revealing(FACTORY.createParser(LoneSurrogates.hide(text)))
        : FACTORY.createParser(text);
  }

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
