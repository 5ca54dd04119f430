package io.github.auditstream.connect.office365.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One request as it arrived.
 *
 * @param at when, by the simulator's clock
 * @param operation what it asks for
 * @param method the HTTP method
 * @param path the path, not decoded
 * @param query the query, not decoded; empty text where there is none
 * @param tenant the tenant in the path as text, or that of the token where Graph is asked; empty
 *     where there is none
 * @param contentId the id of a blob or a query in the path, not decoded; empty text where the path
 *     has none
 * @param parameters the query's parameters, decoded, under lower-case names
 * @param form the form fields of a token request, decoded
 * @param body the body of a request to create a query; empty text for other operations
 * @param bodyType the header {@code Content-Type}; empty text where there is none
 * @param authorization the header; empty text where there is none
 * @param acceptEncoding the header; empty text where there is none
 * @param acceptLanguage the header; empty text where there is none
 * @param userAgent the header; empty text where there is none
 * @param clientRequestId the header; empty text where there is none
 */
public record Call(
    Instant at,
    Operation operation,
    String method,
    String path,
    String query,
    String tenant,
    String contentId,
    Map<String, List<String>> parameters,
    Map<String, List<String>> form,
    String body,
    String bodyType,
    String authorization,
    String acceptEncoding,
    String acceptLanguage,
    String userAgent,
    String clientRequestId) {

  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private static final String BEARER = "Bearer ";

  private static final List<String> CREDENTIALS =
      List.of("client_secret", "client_assertion", "access_token");

  /** A query parameter's first value; names are compared without case. */
  public Optional<String> parameter(String name) {
    return first(parameters, name.toLowerCase(Locale.ROOT));
  }

  /** The tenant, where it is a GUID. */
  public Optional<UUID> tenantId() {
    return guid(tenant);
  }

  /** The content type in the query, as it was sent. */
  public Optional<String> contentType() {
    return parameter("contentType");
  }

  Optional<String> formField(String name) {
    return first(form, name);
  }

  boolean acceptsGzip() {
    return acceptEncoding.toLowerCase(Locale.ROOT).contains("gzip");
  }

  boolean hasCredentialInQuery() {
    return CREDENTIALS.stream().anyMatch(parameters::containsKey);
  }

  boolean carriesCredential() {
    return !authorization.isEmpty()
        || hasCredentialInQuery()
        || CREDENTIALS.stream().anyMatch(form::containsKey);
  }

  /** What follows {@code Bearer} in an {@code Authorization}. */
  static Optional<String> bearer(String authorization) {
    return authorization.startsWith(BEARER)
        ? Optional.of(authorization.substring(BEARER.length()))
        : Optional.empty();
  }

  /** Never shows a credential. */
  @Override
  public String toString() {
    return method + " " + path + (query.isEmpty() || hasCredentialInQuery() ? "" : "?" + query);
  }

  static Optional<UUID> guid(String text) {
    return GUID.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
  }

  static Map<String, List<String>> parse(String encoded, boolean lowerCaseNames) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : encoded.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      values
          .computeIfAbsent(
              lowerCaseNames ? name.toLowerCase(Locale.ROOT) : name, any -> new ArrayList<>(1))
          .add(value);
    }
    return values;
  }

  static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return encoded;
    }
  }

  private static Optional<String> first(Map<String, List<String>> values, String name) {
    List<String> found = values.get(name);
    return found == null ? Optional.empty() : Optional.of(found.get(0));
  }
}
