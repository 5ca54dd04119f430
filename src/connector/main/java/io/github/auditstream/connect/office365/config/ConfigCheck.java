package io.github.auditstream.connect.office365.config;

import java.util.Map;

/**
 * Finds errors that a configuration's text does not show, such as in the files that it names.
 *
 * @param <S> the settings that it looks at
 */
public interface ConfigCheck<S extends ConnectionSettings> {

  /**
   * Adds the errors that it finds; throws nothing.
   *
   * @param props the configuration as it was written, for {@link Validation#keyInUse}
   * @param settings the same, parsed, with defaults in place of what has an error already
   * @param errors those found so far
   */
  void check(Map<String, String> props, S settings, ConfigErrors errors);
}
