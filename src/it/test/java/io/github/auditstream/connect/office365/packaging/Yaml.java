package io.github.auditstream.connect.office365.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML 1.1, as Kubernetes reads it: a key that occurs twice is an error. */
final class Yaml {
  private static final int LIMIT = 10_000_000;

  private Yaml() {}

  /** All documents of a text, each an object. */
  static List<Map<?, ?>> documents(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(LIMIT);
    List<Map<?, ?>> documents = new ArrayList<>();
    for (Object document :
        new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).loadAll(text)) {
      documents.add((Map<?, ?>) document);
    }
    return documents;
  }

  /** The only document of a text. */
  static Map<?, ?> document(String text) {
    List<Map<?, ?>> documents = documents(text);
    if (documents.size() != 1) {
      throw new AssertionError(documents.size() + " documents, not one");
    }
    return documents.get(0);
  }

  static Map<?, ?> file(String file) throws IOException {
    return document(Files.readString(Path.of(file)));
  }

  /** A value inside; it must be there. */
  static Object at(Object object, String... path) {
    Object value = object;
    for (String name : path) {
      value = Objects.requireNonNull(((Map<?, ?>) value).get(name), name);
    }
    return value;
  }
}
