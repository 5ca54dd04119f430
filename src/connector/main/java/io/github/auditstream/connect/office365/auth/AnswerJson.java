package io.github.auditstream.connect.office365.auth;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is needed of a token endpoint's JSON.
 *
 * @param error the OAuth error, for example {@code invalid_client}
 * @param codes the numbers of the {@code AADSTS} codes, in their order
 * @param correlationId what Microsoft's support asks for
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">Error
 *     answers of Entra ID</a>
 */
record AnswerJson(Optional<String> error, List<Integer> codes, Optional<UUID> correlationId) {
  static final AnswerJson NOTHING = new AnswerJson(Optional.empty(), List.of(), Optional.empty());

  private static final JsonFactory JSON = new JsonFactory();

  private static final String TOKEN = "access_token";
  private static final Set<String> TIMES =
      Set.of("expires_in", "ext_expires_in", "expires_on", "refresh_in");

  /**
   * @throws IOException if the text is not one whole JSON object; it does not quote the text
   */
  static void requireWellFormed(String text) throws IOException {
    if (read(text).isEmpty()) {
      throw new IOException("the answer is not the JSON object of a token endpoint");
    }
  }

  /**
   * What MSAL is to see of a token's answer: the token as text and its times as numbers. It would
   * read more, such as an {@code id_token}, and quote in its log what it cannot read.
   *
   * @throws IOException if the text holds no token; it does not quote the text
   */
  static String token(String text) throws IOException {
    requireWellFormed(text);
    boolean hasToken = false;
    StringWriter token = new StringWriter();
    try (JsonParser parser = JSON.createParser(text);
        JsonGenerator json = JSON.createGenerator(token)) {
      json.writeStartObject();
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.getCurrentName();
        JsonToken value = parser.nextToken();
        if (name.equals(TOKEN) && value == JsonToken.VALUE_STRING && !hasToken) {
          json.writeStringField(name, parser.getText());
          hasToken = true;
        } else if (TIMES.contains(name)) {
          if (!parser.getText().matches("\\d{1,12}")) {
            throw new IOException("the answer's times are not numbers");
          }
          json.writeNumberField(name, Long.parseLong(parser.getText()));
        }
        parser.skipChildren();
      }
      json.writeEndObject();
    } catch (JacksonException e) {
      throw new IOException("the answer is not JSON");
    }
    if (!hasToken) {
      throw new IOException("the answer holds no token");
    }
    return token.toString();
  }

  /** Empty if the text is not one whole JSON object. */
  static Optional<AnswerJson> read(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      @Nullable String error = null;
      @Nullable UUID correlationId = null;
      List<Integer> codes = new ArrayList<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.getCurrentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING && name.equals("error")) {
          error = parser.getText();
        } else if (value == JsonToken.VALUE_STRING && name.equals("correlation_id")) {
          correlationId = asGuid(parser.getText());
        } else if (value == JsonToken.START_ARRAY && name.equals("error_codes")) {
          readCodes(parser, codes);
        } else {
          parser.skipChildren();
        }
      }
      boolean whole = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
      return whole
          ? Optional.of(
              new AnswerJson(Optional.ofNullable(error), codes, Optional.ofNullable(correlationId)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void readCodes(JsonParser parser, List<Integer> codes) throws IOException {
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY && token != null;
        token = parser.nextToken()) {
      if (token == JsonToken.VALUE_NUMBER_INT) {
        codes.add(parser.getIntValue());
      } else {
        parser.skipChildren();
      }
    }
  }

  private static @Nullable UUID asGuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
