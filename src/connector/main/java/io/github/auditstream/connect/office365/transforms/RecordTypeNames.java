package io.github.auditstream.connect.office365.transforms;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Refuses lists with an element that means no record type, by number or by name. */
enum RecordTypeNames implements ConfigDef.Validator {
  ELEMENTS;

  @Override
  public void ensureValid(String key, @Nullable Object value) {
    NonBlank.ELEMENTS.ensureValid(key, value);
    if (value instanceof List<?> list) {
      for (Object element : list) {
        if (RecordTypes.numbers(element.toString()).isEmpty()) {
          throw new ConfigException(
              key,
              value,
              "has "
                  + element
                  + ", which is not a record type that this version knows by name. Write it as"
                  + " Microsoft does, for example ExchangeItem, or give its number");
        }
      }
    }
  }

  @Override
  public String toString() {
    return "a list of record types";
  }
}
