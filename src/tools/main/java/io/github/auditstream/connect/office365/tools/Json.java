package io.github.auditstream.connect.office365.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Reads and writes JSON documents, with numbers as they are written. */
final class Json {
  /** Writes on one line. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  /**
   * Reads an object.
   *
   * @throws IOException if it is anything else; its message quotes nothing
   */
  static ObjectNode readObject(String text) throws IOException {
    JsonNode read;
    try {
      read = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      // Jackson's own message quotes the text, which may hold a secret.
      throw new IOException("not JSON that can be read", e);
    }
    if (read instanceof ObjectNode object) {
      return object;
    }
    throw new IOException("not a JSON object");
  }
}
