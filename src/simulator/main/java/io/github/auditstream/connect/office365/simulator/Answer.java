package io.github.auditstream.connect.office365.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the simulator answers, before faults change it.
 *
 * @param status the HTTP status
 * @param code the {@code AF} or {@code AADSTS} code; empty text on success
 * @param headers beside those that every answer has
 * @param body the body
 */
record Answer(int status, String code, Map<String, String> headers, Payload body) {
  static final String JSON = "application/json; charset=utf-8";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Answer json(int status, Object value) {
    return json(status, "", value);
  }

  static Answer json(int status, String code, Object value) {
    return bytes(status, code, toJson(value));
  }

  static Answer bytes(int status, String code, byte[] json) {
    return new Answer(status, code, Map.of("Content-Type", JSON), Payload.of(json));
  }

  static Answer payload(Payload json) {
    return new Answer(200, "", Map.of("Content-Type", JSON), json);
  }

  /** An error in the shape that the API documents. */
  static Answer afError(int status, String code, String message) {
    return json(status, code, Map.of("error", ordered("code", code, "message", message)));
  }

  /** An error in the shape that ASP.NET gives where the API itself was not reached. */
  static Answer plainError(int status, String message) {
    return json(status, Map.of("Message", message));
  }

  Answer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, code, more, body);
  }

  Answer withBody(byte[] bytes) {
    return new Answer(status, code, headers, Payload.of(bytes));
  }

  static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  static byte[] toJson(Object value) {
    try {
      return MAPPER.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
