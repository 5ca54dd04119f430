package io.github.auditstream.connect.office365.simulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Microsoft Graph's errors, in its shapes. */
final class GraphErrors {
  static final String UNKNOWN = "UnknownError";
  private static final String NO_ID = "00000000-0000-0000-0000-000000000000";

  private GraphErrors() {}

  static Answer error(int status, String code, String message) {
    return Answer.json(
        status,
        code,
        Map.of(
            "error", Answer.ordered("code", code, "message", message, "innerError", innerError())));
  }

  /** A backend's error wrapped in Graph's, as clients have seen it. */
  static Answer nested(int status, String code, String message) {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("code", code);
    inner.put("message", message);
    inner.put("innererror", innerError());
    return Answer.json(
        status,
        UNKNOWN,
        Map.of("error", Answer.ordered("code", UNKNOWN, "message", "", "innererror", inner)));
  }

  static Answer token(String why) {
    return error(401, "InvalidAuthenticationToken", why);
  }

  static Answer invalid(String why) {
    return error(400, "BadRequest", "Invalid request data. " + why);
  }

  static Answer tooMany(String why) {
    return error(429, "TooManyRequests", why);
  }

  /** Where a version of the API is not served. */
  static Answer notServed() {
    return error(404, UNKNOWN, "");
  }

  static Answer noSuchQuery() {
    return error(404, "NotFound", "The audit log query was not found.");
  }

  /** The message is JSON again, as in the service. */
  static Answer noPermission(String application) {
    return error(
        403, UNKNOWN, json("message", "App:" + application + " dont have any permissions"));
  }

  /** The message is JSON again, as in the service. */
  static Answer auditingOff() {
    return error(400, UNKNOWN, json("Status", "AuditingDisabledTenant"));
  }

  private static String json(String name, String value) {
    return new String(Answer.toJson(Map.of(name, value)), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> innerError() {
    return Answer.ordered(
        "date", "2026-01-01T00:00:00", "request-id", NO_ID, "client-request-id", NO_ID);
  }
}
