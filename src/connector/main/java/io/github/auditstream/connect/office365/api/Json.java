package io.github.auditstream.connect.office365.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

/** How listings and error bodies are parsed. Blobs are not parsed in this room. */
final class Json {
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          // A message of the parser must not quote what it read.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(64).maxStringLength(1 << 20).build())
          .build();

  private Json() {}
}
