package io.github.auditstream.connect.office365.simulator;

import java.util.List;
import java.util.Map;

/** The operation {@code /resources/dlpSensitiveTypes}. */
final class SensitiveTypesEndpoint {

  Answer list(Call call) {
    String language = call.acceptLanguage().strip();
    if (language.contains(",")) {
      return AfErrors.badRequest("AF20053");
    }
    if (!language.isEmpty() && !language.matches("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*|\\*")) {
      return AfErrors.badRequest("AF20054");
    }
    String suffix = language.isEmpty() || language.startsWith("en") ? "" : " (" + language + ")";
    // The documented sample ends in an empty object, so the simulator's does too.
    return Answer.json(
        200,
        List.of(
            type("50842eb7-edc8-4019-85dd-5a5c1f2bb085", "Credit Card Number" + suffix),
            type("e7dc4711-11b7-4cb0-b88b-2c394a771f0e", "International Bank Account" + suffix),
            type("a44669fe-0d48-453d-a9b1-2cc83f2cba77", "Social Security Number" + suffix),
            Map.of()));
  }

  private static Map<String, Object> type(String id, String name) {
    return Answer.ordered("id", id, "name", name);
  }
}
