package io.github.auditstream.connect.office365.config;

/**
 * Turns the text of a setting into its value, or says what is wrong with it.
 *
 * @param <T> the value's type
 */
interface Rule<T> {

  /**
   * The value of a text.
   *
   * @param text trimmed, not empty
   */
  T read(String text) throws InvalidValueException;

  /** The valid values in words, for the documentation. */
  String validValues();
}
