package io.github.auditstream.connect.office365.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Reads a request: what it asks for, by its path and parameters. */
final class CallReader {
  private static final Pattern TOKEN = Pattern.compile("/([^/]+)/oauth2/(v2\\.0/)?token");
  private static final Pattern FEED =
      Pattern.compile("/api/v1(?:\\.0)?/([^/]+)/activity/feed/(.+)");
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

  private CallReader() {}

  static Call read(Request request, Instant now) throws IOException {
    String path = nonNull(request.getHttpURI().getPath());
    String query = nonNull(request.getHttpURI().getQuery());
    String method = request.getMethod();
    Map<String, List<String>> parameters = Call.parse(query, true);
    Operation operation = Operation.OTHER;
    String tenant = "";
    String contentId = "";
    Map<String, List<String>> form = Map.of();
    Matcher token = TOKEN.matcher(path);
    Matcher feed = FEED.matcher(path);
    if (token.matches()) {
      operation = Operation.TOKEN;
      tenant = nonNull(token.group(1));
    } else if (feed.matches()) {
      tenant = nonNull(feed.group(1));
      String rest = nonNull(feed.group(2));
      if (method.equals("POST")) {
        operation = POSTS.getOrDefault(rest, Operation.OTHER);
      } else if (method.equals("GET") && rest.startsWith(BLOB)) {
        operation = Operation.RETRIEVE_BLOB;
        contentId = rest.substring(BLOB.length());
      } else if (method.equals("GET")) {
        operation = GETS.getOrDefault(rest, Operation.OTHER);
        if (operation == Operation.LIST_CONTENT && parameters.containsKey("nextpage")) {
          operation = Operation.NEXT_PAGE;
        }
      }
    }
    if (method.equals("POST")) {
      String body = Content.Source.asString(request, StandardCharsets.UTF_8);
      form = operation == Operation.TOKEN ? Call.parse(body, false) : Map.of();
    }
    return new Call(
        now,
        operation,
        method,
        path,
        query,
        tenant,
        contentId,
        parameters,
        form,
        header(request, HttpHeader.AUTHORIZATION),
        header(request, HttpHeader.ACCEPT_ENCODING),
        header(request, HttpHeader.ACCEPT_LANGUAGE),
        header(request, HttpHeader.USER_AGENT));
  }

  private static String header(Request request, HttpHeader header) {
    return nonNull(request.getHeaders().get(header));
  }

  private static String nonNull(@Nullable String text) {
    return text == null ? "" : text;
  }
}
