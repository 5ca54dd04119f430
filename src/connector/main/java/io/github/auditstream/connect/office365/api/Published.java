package io.github.auditstream.connect.office365.api;

import java.net.URI;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Adds {@code PublisherIdentifier} to every request. Without it a request is counted against a pool
 * that everybody shares, and the addresses that the API gives for blobs and next pages lack it.
 */
record Published(UUID publisherId, Exchange next) implements Exchange {
  private static final String PARAMETER = "PublisherIdentifier";

  @Override
  public CompletableFuture<ApiOutcome<Answer>> send(Call call) {
    return next.send(call.to(published(call.uri())));
  }

  /** Everything before the parameter stays byte for byte, {@code $} included. */
  private URI published(URI uri) {
    String query = uri.getRawQuery();
    if (query != null && names(query)) {
      return uri;
    }
    String text = uri.toString();
    int fragment = text.indexOf('#');
    String address = fragment < 0 ? text : text.substring(0, fragment);
    String link = query == null ? "?" : query.isEmpty() || query.endsWith("&") ? "" : "&";
    return URI.create(address + link + PARAMETER + "=" + publisherId);
  }

  private static boolean names(String query) {
    for (String parameter : query.split("&", -1)) {
      if (parameter.split("=", 2)[0].equalsIgnoreCase(PARAMETER)) {
        return true;
      }
    }
    return false;
  }
}
