package io.github.auditstream.connect.office365.graph;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.auditstream.connect.office365.http.Body;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an error answer's body says, without its text: that may name people and things.
 *
 * <p>Documented is <code>{"error":{"code","message","innerError":{"request-id",...}}}</code>. Audit
 * log queries put a JSON object of their own into the message, and leave {@code UnknownError} or
 * nothing as the code. Seen too: pages of HTML, and no body.
 *
 * @param form what kind of body it is
 * @param code {@link #AUDITING_OFF}, {@link #NO_PERMISSION}, or Graph's own; empty text if it names
 *     none
 * @param requestId Microsoft's name for the request
 * @see <a href="https://learn.microsoft.com/graph/errors">Error responses</a>
 */
record GraphErrorBody(Form form, String code, Optional<String> requestId) {
  enum Form {
    /** A JSON object about an error. */
    ERROR,
    /** HTML or XML. */
    MARKUP,
    NOTHING,
    OTHER
  }

  /** Error answers are short. What follows is not read. */
  static final int LIMIT_BYTES = 64 * 1024;

  /** Where the error begins in an answer that claims success. */
  static final int LOOKED_AT_OF_DATA_BYTES = 512;

  /** The value of {@code Status} that stands in the message. */
  static final String AUDITING_OFF = "AuditingDisabledTenant";

  /** Stands for the sentence in the message, which alone tells it: the code is UnknownError. */
  static final String NO_PERMISSION = "NoPermission";

  /** A body that could not be read, which leaves the status. */
  static final GraphErrorBody UNREADABLE = new GraphErrorBody(Form.OTHER, "", Optional.empty());

  private static final Pattern WITHOUT_PERMISSION =
      Pattern.compile("do(n'?t| not) have any permission", Pattern.CASE_INSENSITIVE);
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,80}");
  private static final int DEEPEST = 4;

  /** Looks at the body's first bytes, and leaves them to be read. */
  static GraphErrorBody peek(Body body, int atMost) throws IOException {
    return switch (body.opening()) {
      case NOTHING -> new GraphErrorBody(Form.NOTHING, "", Optional.empty());
      case MARKUP -> new GraphErrorBody(Form.MARKUP, "", Optional.empty());
      case ARRAY, OTHER -> UNREADABLE;
      case OBJECT -> new Reader().read(body.peek(atMost));
    };
  }

  /** Gathers what is where codes, messages and ids are. */
  private static final class Reader {
    private final List<String> codes = new ArrayList<>();
    private boolean hasError;
    private boolean auditingOff;
    private boolean noPermission;
    private Optional<String> requestId = Optional.empty();

    GraphErrorBody read(byte[] json) {
      try (JsonParser parser = GraphJson.FACTORY.createParser(json)) {
        parser.nextToken();
        object(parser, 0);
      } catch (IOException e) {
        // Cut short, perhaps by the limit: what was found until here counts.
      }
      String code = auditingOff ? AUDITING_OFF : noPermission ? NO_PERMISSION : firstCode();
      boolean error = hasError || auditingOff || noPermission;
      return new GraphErrorBody(error ? Form.ERROR : Form.OTHER, code, requestId);
    }

    private String firstCode() {
      return codes.stream().filter(code -> CODE.matcher(code).matches()).findFirst().orElse("");
    }

    private void object(JsonParser parser, int depth) throws IOException {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName().toLowerCase(Locale.ROOT);
        JsonToken value = parser.nextToken();
        boolean error = depth == 0 && name.equals("error");
        hasError |= error && value != JsonToken.VALUE_NULL;
        if (value == JsonToken.START_OBJECT && (error || depth > 0) && depth < DEEPEST) {
          object(parser, depth + 1);
        } else if (!value.isScalarValue()) {
          parser.skipChildren();
        } else {
          text(name, parser.getText(), error, depth);
        }
      }
    }

    private void text(String name, String text, boolean error, int depth) {
      if (error || name.equals("code")) {
        codes.add(text.strip());
        auditingOff |= text.strip().equalsIgnoreCase(AUDITING_OFF);
      }
      switch (name) {
        case "status" -> auditingOff |= text.strip().equalsIgnoreCase(AUDITING_OFF);
        case "request-id" -> requestId = Optional.of(text).filter(id -> ID.matcher(id).matches());
        case "message" -> message(text, depth);
        default -> {}
      }
    }

    /** JSON in a text in JSON. */
    private void message(String text, int depth) {
      noPermission |= WITHOUT_PERMISSION.matcher(text).find();
      if (!text.stripLeading().startsWith("{") || depth >= DEEPEST) {
        return;
      }
      try (JsonParser parser = GraphJson.FACTORY.createParser(text)) {
        parser.nextToken();
        object(parser, depth + 1);
      } catch (IOException e) {
        // Cut short, or no JSON after all: what was found until here counts.
      }
    }
  }
}
