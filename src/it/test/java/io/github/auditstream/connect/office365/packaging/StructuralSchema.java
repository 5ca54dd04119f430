package io.github.auditstream.connect.office365.packaging;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a Kubernetes resource as a CRD has it, read as strictly as {@code kubectl apply
 * --validate=strict} does: a property that the schema does not have is an error. A keyword that is
 * not known here ends the check, so that none is skipped. Rules in CEL are not evaluated.
 */
final class StructuralSchema {
  private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
  private static final String INT_OR_STRING = "x-kubernetes-int-or-string";
  private static final Set<String> KEYWORDS =
      Set.of(
          "type",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "enum",
          "pattern",
          "minimum",
          "maximum",
          "minItems",
          "anyOf",
          "oneOf",
          PRESERVE,
          INT_OR_STRING,
          // Of no effect here
          "description",
          "example",
          "format",
          "x-kubernetes-validations");

  private final Map<?, ?> root;

  /**
   * @param root {@code openAPIV3Schema}
   */
  StructuralSchema(Map<?, ?> root) {
    this.root = root;
  }

  /** What is wrong with a whole resource; empty where nothing is. */
  List<String> errors(Object resource) {
    return errors(resource, true);
  }

  /** What is wrong with a part of a resource: what is missing is not. */
  List<String> errorsOfPart(Object resource) {
    return errors(resource, false);
  }

  private List<String> errors(Object resource, boolean isWhole) {
    Check check = new Check(isWhole, new ArrayList<>());
    check.value(root, resource, "", true);
    return check.errors();
  }

  /** The description of a property, such as {@code spec.config}. */
  String description(String... path) {
    Map<?, ?> schema = root;
    for (String name : path) {
      schema = (Map<?, ?>) map(schema.get("properties")).get(name);
    }
    return String.valueOf(schema.get("description"));
  }

  private record Check(boolean isWhole, List<String> errors) {
    void value(Map<?, ?> schema, @Nullable Object value, String path, boolean isStrict) {
      for (Object keyword : schema.keySet()) {
        if (!KEYWORDS.contains(String.valueOf(keyword))) {
          throw new IllegalArgumentException("The schema of " + path + " has a " + keyword);
        }
      }
      if (!isOfType(schema, value)) {
        error(path, "is not of type " + schema.get("type"));
        return;
      }
      if (schema.get("enum") instanceof List<?> values && !values.contains(value)) {
        error(path, "is not one of " + values);
      }
      if (schema.get("pattern") instanceof String pattern
          && value instanceof String text
          && !Pattern.compile(pattern).matcher(text).find()) {
        error(path, "does not match " + pattern);
      }
      number(schema, value, path);
      if (value instanceof Map<?, ?> object) {
        object(schema, object, path, isStrict);
      } else if (value instanceof List<?> list) {
        list(schema, list, path);
      }
      alternatives(schema, value, path);
    }

    private void error(String path, String what) {
      errors.add(path + " " + what);
    }

    private static boolean isOfType(Map<?, ?> schema, @Nullable Object value) {
      if (Boolean.TRUE.equals(schema.get(INT_OR_STRING))) {
        return value instanceof Integer || value instanceof String;
      }
      Object type = schema.get("type");
      if (type == null) {
        return true;
      }
      return switch (type.toString()) {
        case "object" -> value instanceof Map;
        case "array" -> value instanceof List;
        case "string" -> value instanceof String;
        case "boolean" -> value instanceof Boolean;
        case "integer" -> value instanceof Integer || value instanceof Long;
        case "number" -> value instanceof Number;
        default -> throw new IllegalArgumentException("type " + type);
      };
    }

    private void number(Map<?, ?> schema, @Nullable Object value, String path) {
      if (value instanceof Number number) {
        BigDecimal exact = new BigDecimal(number.toString());
        if (schema.get("minimum") instanceof Number least
            && exact.compareTo(new BigDecimal(least.toString())) < 0) {
          error(path, "is less than " + least);
        }
        if (schema.get("maximum") instanceof Number most
            && exact.compareTo(new BigDecimal(most.toString())) > 0) {
          error(path, "is more than " + most);
        }
      }
    }

    private void object(Map<?, ?> schema, Map<?, ?> object, String path, boolean isStrict) {
      Map<?, ?> properties = map(schema.get("properties"));
      // Kubernetes' own, the same for each kind of resource
      boolean isMetadata = path.equals(".metadata");
      boolean isOpen = isMetadata || Boolean.TRUE.equals(schema.get(PRESERVE)) || !isStrict;
      object.forEach(
          (name, value) -> {
            String inner = path + "." + name;
            if (properties.get(name) instanceof Map<?, ?> property) {
              value(property, value, inner, isStrict);
            } else if (schema.get("additionalProperties") instanceof Map<?, ?> property) {
              value(property, value, inner, isStrict);
            } else if (!isOpen) {
              error(inner, "is not known");
            }
          });
      if (isWhole && schema.get("required") instanceof List<?> required) {
        for (Object name : required) {
          if (object.get(name) == null) {
            error(path + "." + name, "is missing");
          }
        }
      }
    }

    private void list(Map<?, ?> schema, List<?> list, String path) {
      if (schema.get("minItems") instanceof Integer least && list.size() < least) {
        error(path, "has fewer than " + least + " elements");
      }
      for (int i = 0; i < list.size(); i++) {
        value(map(schema.get("items")), list.get(i), path + "[" + i + "]", true);
      }
    }

    private void alternatives(Map<?, ?> schema, @Nullable Object value, String path) {
      if (schema.get("oneOf") instanceof List<?> alternatives
          && fitting(alternatives, value, path) != 1) {
        error(path, "does not match exactly one of " + alternatives);
      }
      if (schema.get("anyOf") instanceof List<?> alternatives
          && fitting(alternatives, value, path) == 0) {
        error(path, "matches none of " + alternatives);
      }
    }

    private long fitting(List<?> alternatives, @Nullable Object value, String path) {
      return alternatives.stream()
          .filter(
              alternative -> {
                Check check = new Check(true, new ArrayList<>());
                check.value(map(alternative), value, path, false);
                return check.errors().isEmpty();
              })
          .count();
    }
  }

  private static Map<?, ?> map(@Nullable Object schema) {
    return schema instanceof Map<?, ?> map ? map : Map.of();
  }
}
