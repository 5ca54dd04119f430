package io.github.auditstream.connect.office365.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.auditstream.connect.office365.http.Body;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an error answer's body says, without its text: that may name people and things.
 *
 * <p>Documented is <code>{"error":{"code","message"}}</code>. Seen too: ASP.NET's <code>
 * {"Message"}</code>, a gateway's <code>{"statusCode","message"}</code>, a whole sentence as the
 * code, and pages of HTML.
 *
 * @param form what kind of body it is
 * @param code {@code AF} and digits, {@link #THROTTLED_BARE} or {@link #NO_AUDITING}; empty text if
 *     it names none
 */
record ErrorBody(Form form, String code) {
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

  /** The code in throttled answers that do not have the documented one. */
  static final String THROTTLED_BARE = "429";

  /** Stands for the exception that the troubleshooting page quotes in place of a code. */
  static final String NO_AUDITING = "DataServiceException";

  /** A body that could not be read, which leaves the status. */
  static final ErrorBody UNREADABLE = new ErrorBody(Form.OTHER, "");

  private static final Pattern AF_CODE = Pattern.compile("\\bAF\\d{3,5}\\b");
  private static final Pattern TENANT_UNKNOWN =
      Pattern.compile("DataServiceException.*\\bTenant\\b.*\\bdoes not exist", Pattern.DOTALL);

  /** Looks at the body's first bytes, and leaves them to be read. */
  static ErrorBody peek(Body body) throws IOException {
    return switch (body.opening()) {
      case NOTHING -> new ErrorBody(Form.NOTHING, "");
      case MARKUP -> new ErrorBody(Form.MARKUP, "");
      case ARRAY, OTHER -> new ErrorBody(Form.OTHER, "");
      case OBJECT -> new Reader().read(body.peek(LIMIT_BYTES));
    };
  }

  /** Gathers what is where codes and messages are. */
  private static final class Reader {
    private final List<String> codes = new ArrayList<>();
    private final StringBuilder messages = new StringBuilder();
    private boolean hasError;

    ErrorBody read(byte[] json) {
      try (JsonParser parser = Json.FACTORY.createParser(json)) {
        parser.nextToken();
        object(parser, true);
      } catch (IOException e) {
        // Cut short, perhaps by the limit: what was found until here counts.
      }
      String code = code();
      return new ErrorBody(hasError || !code.isEmpty() ? Form.ERROR : Form.OTHER, code);
    }

    private void object(JsonParser parser, boolean outer) throws IOException {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName().toLowerCase(Locale.ROOT);
        JsonToken value = parser.nextToken();
        boolean error = outer && (name.equals("error") || name.equals("odata.error"));
        hasError |= error && value != JsonToken.VALUE_NULL;
        if (error && value == JsonToken.START_OBJECT) {
          object(parser, false);
        } else if (!value.isScalarValue()) {
          parser.skipChildren();
        } else if (error || name.equals("code") || name.equals("statuscode")) {
          codes.add(parser.getText().strip());
        } else if (name.equals("message")) {
          messages.append(parser.getText()).append('\n');
        }
      }
    }

    private String code() {
      String sentences = String.join("\n", codes);
      if (TENANT_UNKNOWN.matcher(sentences + "\n" + messages).find()) {
        return NO_AUDITING;
      }
      for (CharSequence text : List.of(sentences, messages)) {
        Matcher code = AF_CODE.matcher(text);
        if (code.find()) {
          return code.group();
        }
      }
      return codes.contains(THROTTLED_BARE) ? THROTTLED_BARE : "";
    }
  }
}
