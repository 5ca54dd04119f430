package io.github.auditstream.connect.office365.config;

import org.apache.kafka.common.config.ConfigDef;

/**
 * Turns the text of a setting into its value, or says what is wrong with it.
 *
 * @param type as Connect shows the setting
 * @param validValues in words, for the documentation
 * @param reader reads a text, which is trimmed and not empty
 * @param <T> the value's type
 */
record Rule<T>(ConfigDef.Type type, String validValues, Reader<T> reader) {
  interface Reader<T> {
    T read(String text) throws InvalidValueException;
  }

  T read(String text) throws InvalidValueException {
    return reader.read(text);
  }
}
