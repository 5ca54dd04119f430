package io.github.auditstream.connect.office365.transforms;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A document of the Elastic Common Schema while it is put together. */
final class EcsDocument {

  private final Map<String, @Nullable Object> root = new LinkedHashMap<>();
  private final Map<Related, Set<String>> related = new EnumMap<>(Related.class);

  /** The fields below {@code related}, which gather what is anywhere in the document. */
  enum Related {
    IP,
    USER,
    HOSTS,
    HASH
  }

  /** Puts a value at a path of names; null and empty values leave nothing. */
  void put(@Nullable Object value, String... path) {
    if (value == null || (value instanceof Collection<?> many && many.isEmpty())) {
      return;
    }
    Map<String, @Nullable Object> at = root;
    for (int i = 0; i < path.length - 1; i++) {
      at = below(at, path[i]);
    }
    at.put(path[path.length - 1], value);
  }

  /** Puts one value as itself, several as an array without repetition. */
  void putOneOrMore(Collection<String> values, String... path) {
    List<String> distinct = new ArrayList<>(new LinkedHashSet<>(values));
    put(distinct.size() == 1 ? distinct.get(0) : distinct, path);
  }

  @SuppressWarnings("unchecked") // Only this method puts maps between.
  private static Map<String, @Nullable Object> below(
      Map<String, @Nullable Object> at, String name) {
    Object below = at.get(name);
    if (below instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    Map<String, @Nullable Object> made = new LinkedHashMap<>();
    at.put(name, made);
    return made;
  }

  /**
   * Puts a person: the id, and what it says if it is an e-mail address.
   *
   * @param path of the user fields, for example user or user, target
   */
  void putUser(@Nullable String id, String... path) {
    if (id == null) {
      return;
    }
    put(id, with(path, "id"));
    related(Related.USER, id);
    int at = id.indexOf('@');
    // What precedes the @ of a URL is not a name.
    if (!id.contains("://") && at > 0 && at == id.lastIndexOf('@') && at < id.length() - 1) {
      put(id, with(path, "email"));
      put(id.substring(0, at), with(path, "name"));
      put(id.substring(at + 1), with(path, "domain"));
      related(Related.USER, id.substring(0, at));
    }
  }

  /** Puts an address as the client's or the source's. */
  void putEndpoint(Endpoint endpoint, String field) {
    put(endpoint.ip(), field, "ip");
    put(endpoint.port(), field, "port");
    put(endpoint.domain(), field, "domain");
    put(
        endpoint.ip() != null
            ? endpoint.ip()
            : endpoint.domain() != null ? endpoint.domain() : endpoint.text(),
        field,
        "address");
    related(Related.IP, endpoint.ip());
    related(Related.HOSTS, endpoint.domain());
  }

  void related(Related field, @Nullable String value) {
    if (value != null) {
      related.computeIfAbsent(field, any -> new LinkedHashSet<>()).add(value);
    }
  }

  /** The document; nothing can be put afterwards. */
  Map<String, @Nullable Object> finish() {
    related.forEach(
        (field, values) ->
            put(new ArrayList<>(values), "related", field.name().toLowerCase(Locale.ROOT)));
    return root;
  }

  private static String[] with(String[] path, String name) {
    String[] longer = Arrays.copyOf(path, path.length + 1);
    longer[path.length] = name;
    return longer;
  }
}
