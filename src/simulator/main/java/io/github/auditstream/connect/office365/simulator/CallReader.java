package io.github.auditstream.connect.office365.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Reads a request: what it asks for, by its host, path and parameters. */
final class CallReader {
  private static final Pattern TOKEN = Pattern.compile("/([^/]+)/oauth2/(v2\\.0/)?token");
  private static final Pattern FEED =
      Pattern.compile("/api/v1(?:\\.0)?/([^/]+)/activity/feed/(.+)");
  private static final Pattern QUERIES =
      Pattern.compile("/(?:v1\\.0|beta)/security/auditLog/queries(?:/([^/]+)(/records)?)?");
  private static final Map<String, Operation> GETS =
      Map.of(
          "subscriptions/list", Operation.LIST_SUBSCRIPTIONS,
          "subscriptions/content", Operation.LIST_CONTENT,
          "subscriptions/notifications", Operation.LIST_NOTIFICATIONS,
          "resources/dlpSensitiveTypes", Operation.DLP_SENSITIVE_TYPES);
  private static final Map<String, Operation> POSTS =
      Map.of(
          "subscriptions/start", Operation.START_SUBSCRIPTION,
          "subscriptions/stop", Operation.STOP_SUBSCRIPTION);
  private static final String BLOB = "audit/";
  private static final String SKIP_TOKEN = "$skiptoken";

  private final World world;

  CallReader(World world) {
    this.world = world;
  }

  /** What a path means at its host. */
  private record Target(Operation operation, String tenant, String contentId) {
    private static final Target OTHER = new Target(Operation.OTHER, "", "");
  }

  /**
   * @param graph whether the request was sent to Graph
   */
  Call read(Request request, boolean graph) throws IOException {
    String path = nonNull(request.getHttpURI().getPath());
    String query = nonNull(request.getHttpURI().getQuery());
    String method = request.getMethod();
    String authorization = header(request, HttpHeader.AUTHORIZATION);
    Map<String, List<String>> parameters = Call.parse(query, true);
    Target target =
        graph
            ? ofGraph(method, path, parameters, tenantOf(authorization))
            : ofFeed(method, path, parameters);
    String body =
        method.equals("POST") ? Content.Source.asString(request, StandardCharsets.UTF_8) : "";
    return new Call(
        world.now(),
        target.operation(),
        method,
        path,
        query,
        target.tenant(),
        target.contentId(),
        parameters,
        target.operation() == Operation.TOKEN ? Call.parse(body, false) : Map.of(),
        target.operation() == Operation.CREATE_QUERY ? body : "",
        header(request, HttpHeader.CONTENT_TYPE),
        authorization,
        header(request, HttpHeader.ACCEPT_ENCODING),
        header(request, HttpHeader.ACCEPT_LANGUAGE),
        header(request, HttpHeader.USER_AGENT),
        nonNull(request.getHeaders().get("client-request-id")));
  }

  private static Target ofFeed(String method, String path, Map<String, List<String>> parameters) {
    Matcher token = TOKEN.matcher(path);
    if (token.matches()) {
      return new Target(Operation.TOKEN, nonNull(token.group(1)), "");
    }
    Matcher feed = FEED.matcher(path);
    if (!feed.matches()) {
      return Target.OTHER;
    }
    String tenant = nonNull(feed.group(1));
    String rest = nonNull(feed.group(2));
    if (method.equals("POST")) {
      return new Target(POSTS.getOrDefault(rest, Operation.OTHER), tenant, "");
    }
    if (!method.equals("GET")) {
      return new Target(Operation.OTHER, tenant, "");
    }
    if (rest.startsWith(BLOB)) {
      return new Target(Operation.RETRIEVE_BLOB, tenant, rest.substring(BLOB.length()));
    }
    Operation operation = GETS.getOrDefault(rest, Operation.OTHER);
    boolean next = operation == Operation.LIST_CONTENT && parameters.containsKey("nextpage");
    return new Target(next ? Operation.NEXT_PAGE : operation, tenant, "");
  }

  private static Target ofGraph(
      String method, String path, Map<String, List<String>> parameters, String tenant) {
    Matcher queries = QUERIES.matcher(path);
    if (!queries.matches()) {
      return new Target(Operation.OTHER, tenant, "");
    }
    String id = nonNull(queries.group(1));
    Operation operation =
        switch (method) {
          case "POST" -> id.isEmpty() ? Operation.CREATE_QUERY : Operation.OTHER;
          case "DELETE" ->
              id.isEmpty() || queries.group(2) != null ? Operation.OTHER : Operation.DELETE_QUERY;
          case "GET" -> {
            if (id.isEmpty()) {
              yield Operation.LIST_QUERIES;
            }
            if (queries.group(2) == null) {
              yield Operation.GET_QUERY;
            }
            yield parameters.containsKey(SKIP_TOKEN)
                ? Operation.NEXT_RECORDS
                : Operation.LIST_RECORDS;
          }
          default -> Operation.OTHER;
        };
    return new Target(operation, tenant, id);
  }

  /** Graph's paths name no tenant: the token does. */
  private String tenantOf(String authorization) {
    return Call.bearer(authorization)
        .flatMap(world.tokens()::find)
        .map(token -> token.tenant().toString())
        .orElse("");
  }

  private static String header(Request request, HttpHeader header) {
    return nonNull(request.getHeaders().get(header));
  }

  private static String nonNull(@Nullable String text) {
    return text == null ? "" : text;
  }
}
