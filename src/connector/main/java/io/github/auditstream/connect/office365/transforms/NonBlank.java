package io.github.auditstream.connect.office365.transforms;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Refuses lists with an element that is empty, which a stray comma makes. */
enum NonBlank implements ConfigDef.Validator {
  ELEMENTS;

  @Override
  public void ensureValid(String name, @Nullable Object value) {
    if (value instanceof List<?> list) {
      for (Object element : list) {
        if (element == null || element.toString().isBlank()) {
          throw new ConfigException(name, value, "has an empty element; remove the stray comma");
        }
      }
    }
  }

  @Override
  public String toString() {
    return "a list without empty elements";
  }
}
