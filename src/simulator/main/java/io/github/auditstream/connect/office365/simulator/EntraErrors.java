package io.github.auditstream.connect.office365.simulator;

import java.util.List;

/** Errors of the token endpoint in Entra ID's shape. */
final class EntraErrors {
  private static final String NO_ID = "00000000-0000-0000-0000-000000000000";

  private EntraErrors() {}

  static Answer error(int status, String error, int aadsts, String text) {
    String code = "AADSTS" + aadsts;
    return Answer.json(
        status,
        code,
        Answer.ordered(
            "error", error,
            "error_description",
                code + ": " + text + " Trace ID: " + NO_ID + " Correlation ID: " + NO_ID,
            "error_codes", List.of(aadsts),
            "trace_id", NO_ID,
            "correlation_id", NO_ID));
  }

  static Answer unknownTenant(String tenant) {
    return error(400, "invalid_request", 90002, "Tenant '" + tenant + "' not found.");
  }

  static Answer missing(String parameter) {
    return error(
        400,
        "invalid_request",
        900144,
        "The request body must contain the following parameter: '" + parameter + "'.");
  }

  static Answer unsupportedGrant() {
    return error(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant.");
  }

  static Answer unknownClient() {
    return error(
        400,
        "unauthorized_client",
        700016,
        "Application with the given identifier was not found in the directory.");
  }

  static Answer wrongSecret() {
    return error(401, "invalid_client", 7000215, "Invalid client secret provided.");
  }

  static Answer secretExpired() {
    return error(401, "invalid_client", 7000222, "The provided client secret keys are expired.");
  }

  static Answer badAssertion(String why) {
    return error(401, "invalid_client", 700027, "Client assertion is not valid: " + why + ".");
  }

  static Answer assertionExpired() {
    return error(
        401, "invalid_client", 700024, "Client assertion is not within its valid time range.");
  }

  static Answer unknownResource(String resource) {
    return error(
        400,
        "invalid_resource",
        500011,
        "The resource principal named " + resource + " was not found in the tenant.");
  }

  static Answer badScope(String scope) {
    return error(
        400,
        "invalid_scope",
        1002012,
        "The provided value for scope " + scope + " is not valid: it must end in '/.default'.");
  }
}
