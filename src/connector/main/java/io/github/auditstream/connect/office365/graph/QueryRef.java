package io.github.auditstream.connect.office365.graph;

import java.util.regex.Pattern;

/**
 * Where a query is found again. Fit to be stored.
 *
 * @param version the version that it was created or listed in; it is polled there
 * @param id Graph's name for it
 */
public record QueryRef(GraphVersion version, String id) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,200}");

  public QueryRef {
    if (!isId(id)) {
      throw new IllegalArgumentException("not a query's id");
    }
  }

  /** Whether a text can stand as an id in an address; GUIDs are seen. */
  static boolean isId(String text) {
    return ID.matcher(text).matches() && !text.startsWith(".");
  }
}
