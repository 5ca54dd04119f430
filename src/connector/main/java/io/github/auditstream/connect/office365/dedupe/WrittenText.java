package io.github.auditstream.connect.office365.dedupe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.auditstream.connect.office365.dedupe.WrittenKey.Form;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out what a converter has made of a text. */
final class WrittenText {
  private static final WrittenKey NOTHING = new WrittenKey.Nothing();
  private static final WrittenKey UNREADABLE = new WrittenKey.Unreadable();
  private static final JsonFactory JSON = new JsonFactory();

  private WrittenText() {}

  static WrittenKey read(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length == 0) {
      return NOTHING;
    }
    if (bytes[0] >= 0 && bytes[0] < ' ') {
      return only(RegistryText.readings(bytes));
    }
    Optional<String> text = utf8(ByteBuffer.wrap(bytes));
    if (text.isEmpty()) {
      return only(RegistryText.readings(bytes));
    }
    if (RegistryText.isGuidInAvro(text.get())) {
      return new WrittenKey.Text(Form.REGISTRY, text.get().substring(1));
    }
    return switch (bytes[0]) {
      case '"', '{', 'n' -> jsonOrPlain(text.get());
      default -> plain(text.get());
    };
  }

  private static WrittenKey only(Set<String> readings) {
    return readings.size() == 1
        ? new WrittenKey.Text(Form.REGISTRY, readings.iterator().next())
        : UNREADABLE;
  }

  /** StringConverter writes a struct so, which is no key of ours. */
  private static WrittenKey plain(String text) {
    return text.startsWith("Struct{") && text.endsWith("}")
        ? UNREADABLE
        : new WrittenKey.Text(Form.PLAIN, text);
  }

  static Optional<String> utf8(ByteBuffer bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** What all the bytes are as one text of JSON, without a schema beside it. */
  static Optional<String> json(ByteBuffer bytes) {
    return utf8(bytes)
        .filter(text -> text.startsWith("\""))
        .map(WrittenText::jsonOrPlain)
        .flatMap(
            written ->
                written instanceof WrittenKey.Text text && text.form() == Form.JSON
                    ? Optional.of(text.text())
                    : Optional.empty());
  }

  private static WrittenKey jsonOrPlain(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      WrittenKey value =
          parser.nextToken() == JsonToken.START_OBJECT ? payload(parser) : scalar(parser);
      return parser.nextToken() == null ? value : plain(text);
    } catch (IOException e) {
      return plain(text);
    }
  }

  private static WrittenKey scalar(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return new WrittenKey.Text(Form.JSON, parser.getText());
    }
    return token == JsonToken.VALUE_NULL ? NOTHING : UNREADABLE;
  }

  /** What JsonConverter puts beside the schema; nothing else is a text in an object. */
  private static WrittenKey payload(JsonParser parser) throws IOException {
    WrittenKey payload = UNREADABLE;
    boolean schema = false;
    boolean others = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "schema" -> schema = true;
        case "payload" -> payload = scalar(parser);
        default -> others = true;
      }
      parser.skipChildren();
    }
    return schema && !others ? payload : UNREADABLE;
  }
}
