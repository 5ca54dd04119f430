package io.github.auditstream.connect.office365.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Faults that only Microsoft Graph has, or that have a shape of their own there. Those of {@link
 * Fault} meet its requests, too: the ones of the next page's address as well, where the address is
 * in the body.
 */
public final class GraphFault {
  private static final String COUNT = "@odata.count";

  /** Numbers as they are written. */
  private static final ObjectMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private GraphFault() {}

  /** An error in Graph's shape, for example {@code error(503, "UnknownError", "")}. */
  public static Fault error(int status, String code, String message) {
    return new Fault.Instead(
        (status + " " + code).strip(), GraphErrors.error(status, code, message));
  }

  /** An error in Graph's shape that asks to come back later. */
  public static Fault error(int status, String code, String message, Duration retryAfter) {
    return new Fault.Instead(
        status + " " + code + " with Retry-After",
        GraphErrors.error(status, code, message)
            .withHeader("Retry-After", Long.toString(retryAfter.toSeconds())));
  }

  /** A backend's error inside of Graph's, and {@code innererror} in lower case. */
  public static Fault nestedError(int status, String code, String message) {
    return new Fault.Instead(
        status + " " + code + " nested", GraphErrors.nested(status, code, message));
  }

  /** What a backend's blip looks like: no code that says anything, and no message. */
  public static Fault unknownError(int status) {
    return error(status, GraphErrors.UNKNOWN, "");
  }

  /** An error without a code. */
  public static Fault withoutCode(int status) {
    return error(status, "", "");
  }

  /** The error for a wrong query, where the query was right: seen under load. */
  public static Fault invalidRequest() {
    return new Fault.Instead("400 invalid", GraphErrors.invalid(""));
  }

  /** Slots or quota are used up, and nothing says until when. */
  public static Fault tooManyRequests() {
    return new Fault.Instead("429", GraphErrors.tooMany("Too many requests."));
  }

  /** Slots or quota are used up. */
  public static Fault tooManyRequests(Duration retryAfter) {
    return new Fault.Instead(
        "429 with Retry-After",
        GraphErrors.tooMany("Too many requests.")
            .withHeader("Retry-After", Long.toString(retryAfter.toSeconds())));
  }

  /** The version of the API in the path is not served. */
  public static Fault notServed() {
    return new Fault.Instead("404 not served", GraphErrors.notServed());
  }

  /** The query is not there any more. */
  public static Fault noSuchQuery() {
    return new Fault.Instead("404 no such query", GraphErrors.noSuchQuery());
  }

  /** Consent is missing, or has not spread yet. */
  public static Fault noPermission(String application) {
    return new Fault.Instead("403 no permission", GraphErrors.noPermission(application));
  }

  /** Auditing is off, said in the message of the error. */
  public static Fault auditingOff() {
    return new Fault.Instead("400 auditing off", GraphErrors.auditingOff());
  }

  /** Auditing is off, said at the top of the body. */
  public static Fault auditingOffAtTheTop() {
    return new Fault.Instead(
        "400 auditing off at the top",
        Answer.json(
            400,
            "BadRequest",
            Answer.ordered(
                "Status",
                "AuditingDisabledTenant",
                "error",
                Answer.ordered("code", "BadRequest", "message", ""))));
  }

  /** A claim is missing in the token: conditional access for applications. */
  public static Fault insufficientClaims() {
    return error(400, "insufficient_claims", "Continuous access evaluation challenge.");
  }

  /** A gateway's page in place of an error of Graph. */
  public static Fault gatewayPage(int status) {
    return Fault.answer(
        status,
        Map.of("Content-Type", "text/html; charset=utf-8"),
        "<html><head><title>" + status + "</title></head><body>Azure Front Door</body></html>");
  }

  /** The object is an element of {@code value}, as in an example of the reference. */
  public static Fault wrappedInValue() {
    return altered(
        "wrapped in value",
        body -> {
          ObjectNode copy = body.deepCopy();
          body.removeAll();
          body.putArray("value").add(copy);
        });
  }

  /** The page lacks its last records, and its count agrees: another reading differs. */
  public static Fault recordsLeftOut(int records) {
    return altered(
        records + " records left out",
        body -> {
          ArrayNode value = value(body);
          for (int i = 0; i < records && !value.isEmpty(); i++) {
            value.remove(value.size() - 1);
          }
          body.put(COUNT, value.size());
        });
  }

  /** The page says another count than it has records. */
  public static Fault countOffBy(int records) {
    return altered(
        "count off by " + records, body -> body.put(COUNT, value(body).size() + records));
  }

  /** The page says no count. */
  public static Fault withoutCount() {
    return altered("no count", body -> body.remove(COUNT));
  }

  /** The events are texts with JSON in them, and no objects. */
  public static Fault eventsAsText() {
    return altered(
        "events as text",
        body -> {
          for (JsonNode record : value(body)) {
            ((ObjectNode) record).put("auditData", record.path("auditData").toString());
          }
        });
  }

  /** A property of the page's records is missing, {@code auditData} for example. */
  public static Fault withoutProperty(String name) {
    return altered(
        "no " + name, body -> value(body).forEach(record -> ((ObjectNode) record).remove(name)));
  }

  /** The page has no records, and the next page is this one. */
  public static Fault emptyPage() {
    return Fault.Listing.PAGE_EMPTY;
  }

  /** The next page is the first page again. */
  public static Fault firstPageNext() {
    return Fault.Listing.FIRST_PAGE_NEXT;
  }

  private static ArrayNode value(ObjectNode body) {
    return body.withArray("/value");
  }

  private static Fault altered(String label, Consumer<ObjectNode> change) {
    return new Fault.Body(
        label,
        GraphEndpoint.JSON,
        right -> {
          try {
            JsonNode body = EXACT.readTree(right);
            if (body instanceof ObjectNode object) {
              change.accept(object);
            }
            return EXACT.writeValueAsBytes(body);
          } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is always JSON", e);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
