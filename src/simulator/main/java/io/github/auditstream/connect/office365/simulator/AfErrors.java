package io.github.auditstream.connect.office365.simulator;

import java.util.Map;

/**
 * The API's error codes in our words, after the reference page's table. {@code AF20024}, {@code
 * AF50005} and {@code AF50006} are not in it but have been seen by other clients.
 */
final class AfErrors {
  private static final Map<String, String> MESSAGES =
      Map.ofEntries(
          Map.entry(
              "AF10001",
              "The permission set () sent in the request did not include the expected permission."),
          Map.entry("AF20001", "Missing parameter."),
          Map.entry("AF20002", "Invalid parameter type."),
          Map.entry("AF20003", "The webhook expiration is in the past."),
          Map.entry(
              "AF20010", "The tenant ID in the URL does not match the tenant ID in the token."),
          Map.entry("AF20011", "The tenant does not exist in the system or has been deleted."),
          Map.entry("AF20012", "The tenant is incorrectly configured in the system."),
          Map.entry("AF20013", "The tenant ID in the URL is not a valid GUID."),
          Map.entry("AF20020", "The specified content type is not valid."),
          Map.entry("AF20021", "The webhook endpoint could not be validated."),
          Map.entry("AF20022", "No subscription found for the specified content type."),
          Map.entry("AF20023", "The subscription was disabled."),
          Map.entry("AF20024", "The subscription is already enabled. No property change."),
          Map.entry(
              "AF20030",
              "Start time and end time must both be specified (or both omitted) and must be less"
                  + " than or equal to 24 hours apart, with the start time no more than 7 days in"
                  + " the past."),
          Map.entry("AF20031", "Invalid nextPage input."),
          Map.entry("AF20050", "The specified content does not exist."),
          Map.entry("AF20051", "Content requested has expired; it is older than 7 days."),
          Map.entry("AF20052", "The content ID in the URL is not valid."),
          Map.entry("AF20053", "Only one language may be present in the Accept-Language header."),
          Map.entry("AF20054", "Invalid syntax in the Accept-Language header."),
          Map.entry("AF20055", "The start time must be before the end time."),
          Map.entry("AF429", "Too many requests."),
          Map.entry("AF50000", "An internal error occurred. Retry the request."),
          Map.entry("AF50005", "An internal error occurred. Retry the request."),
          Map.entry("AF50006", "An internal error occurred. Retry the request."));

  private AfErrors() {}

  static String message(String code) {
    return MESSAGES.getOrDefault(code, "An error occurred.");
  }

  /** An argument error. Microsoft documents no status for them; clients have seen 400. */
  static Answer badRequest(String code) {
    return Answer.afError(400, code, message(code));
  }

  /** What the API answers while unified auditing is off: a sentence in place of a code. */
  static Answer auditingOff(String operation, String tenant) {
    return Answer.afError(
        400,
        operation + " [TenantId=" + tenant + "] failed. Exception",
        "Microsoft.Office.Compliance.Audit.DataServiceException: Tenant "
            + tenant
            + " does not exist.");
  }
}
