package io.github.auditstream.connect.office365.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.auditstream.connect.office365.http.Body;
import io.github.auditstream.connect.office365.http.BoundedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers that are a flat JSON object or a list of them. Properties that are not text are
 * left out, and unknown ones do no harm.
 *
 * <p>A list is read whole or not at all: what is missing from half of one would be missed by
 * nobody. {@link ListingReader} reads content listings, entry by entry.
 */
final class AnswerReader {
  /**
   * A page holds some hundred entries of less than a kilobyte; one of this size is no page, and is
   * not read into memory.
   */
  static final int LIMIT_BYTES = 16 * 1024 * 1024;

  /** So many short entries in so few bytes would be two hundred megabytes of objects. */
  static final int MOST_ENTRIES = 20_000;

  static final String RETRIED = ". It is asked again later";

  /** Makes a value of an entry's text properties. */
  interface Entry<T> {
    T from(Map<String, String> properties) throws MalformedAnswerException;
  }

  private AnswerReader() {}

  /**
   * Reads a list to the very end of the body.
   *
   * @throws IOException if the body breaks off
   * @throws MalformedAnswerException if it is no such list
   */
  static <T> List<T> list(Body body, Entry<T> entry) throws IOException, MalformedAnswerException {
    expect(Body.Opening.ARRAY, body);
    return parse(
        body,
        parser -> {
          List<T> entries = new ArrayList<>();
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (entries.size() == MOST_ENTRIES) {
              throw tooMany();
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
              throw new MalformedAnswerException(
                  "entry " + entries.size() + " of the list is not an object" + RETRIED);
            }
            try {
              entries.add(entry.from(properties(parser)));
            } catch (MalformedAnswerException e) {
              throw new MalformedAnswerException(
                  "entry " + entries.size() + " of the list " + e.reason() + RETRIED);
            }
          }
          return entries;
        });
  }

  /** Reads one object, as {@link #list} reads a list. */
  static <T> T object(Body body, Entry<T> entry) throws IOException, MalformedAnswerException {
    expect(Body.Opening.OBJECT, body);
    return parse(body, parser -> entry.from(properties(parser)));
  }

  static void expect(Body.Opening expected, Body body)
      throws IOException, MalformedAnswerException {
    Body.Opening opening = body.opening();
    if (opening != expected) {
      String what =
          switch (opening) {
            case ARRAY -> "a list came in place of an object";
            case OBJECT -> "an object came in place of a list";
            case MARKUP ->
                "a page of HTML came in place of data. A proxy or firewall is in between: let it"
                    + " pass requests to the management endpoint";
            case NOTHING -> "the answer is empty";
            case OTHER -> "the answer is not JSON";
          };
      throw new MalformedAnswerException(what + RETRIED);
    }
  }

  private interface Content<T> {
    T read(JsonParser parser) throws IOException, MalformedAnswerException;
  }

  private static <T> T parse(Body body, Content<T> content)
      throws IOException, MalformedAnswerException {
    try (JsonParser parser = Json.FACTORY.createParser(bounded(body))) {
      parser.nextToken();
      T read = content.read(parser);
      if (parser.nextToken() != null) {
        throw more();
      }
      return read;
    } catch (JsonEOFException e) {
      throw cutShort();
    } catch (JsonProcessingException e) {
      // Its message quotes the text.
      throw new MalformedAnswerException("the answer is not JSON" + near(e) + RETRIED);
    } catch (BoundedInputStream.TooLongException e) {
      throw tooLong();
    }
  }

  static InputStream bounded(Body body) {
    return new BoundedInputStream(body, LIMIT_BYTES);
  }

  static MalformedAnswerException more() {
    return new MalformedAnswerException("there is more after the answer's end" + RETRIED);
  }

  static MalformedAnswerException cutShort() {
    return new MalformedAnswerException("the answer is cut short" + RETRIED);
  }

  static MalformedAnswerException notJson() {
    return new MalformedAnswerException("the answer is not JSON" + RETRIED);
  }

  static MalformedAnswerException tooMany() {
    return new MalformedAnswerException(
        "the list is longer than " + MOST_ENTRIES + " entries" + RETRIED);
  }

  static MalformedAnswerException tooLong() {
    return new MalformedAnswerException(
        "the answer is longer than " + LIMIT_BYTES + " bytes and was not read" + RETRIED);
  }

  /** Nowhere where the parser gives up for want of room, as with what is nested too deeply. */
  private static String near(JsonProcessingException e) {
    @Nullable JsonLocation location = e.getLocation();
    return location == null ? " that can be read" : " near byte " + location.getByteOffset();
  }

  /** The object's properties that are text. */
  static Map<String, String> properties(JsonParser parser) throws IOException {
    Map<String, String> properties = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        properties.put(name, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return properties;
  }
}
