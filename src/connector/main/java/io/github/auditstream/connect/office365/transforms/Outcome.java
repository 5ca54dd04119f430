package io.github.auditstream.connect.office365.transforms;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether what an event reports succeeded.
 *
 * <p>{@code ResultStatus} alone does not say: it is written in many ways, most record types lack
 * it, and for sign-ins it can tell of the request's way through Entra ID rather than of the
 * sign-in, so that a failed one says Succeeded.
 */
enum Outcome {
  SUCCESS,
  FAILURE,
  UNKNOWN;

  private static final Set<String> SUCCEEDED =
      Set.of("success", "succeeded", "partiallysucceeded", "true");

  private static final Set<String> FAILED =
      Set.of(
          "failed",
          "failure",
          "fail",
          "false",
          "error",
          "authorizationfailure",
          "denied",
          "blocked");

  /** PlannerResultStatus of the API's schema: other products have no such numbers. */
  private static final Map<String, Outcome> BY_PLANNER_STATUS =
      Map.of("1", SUCCESS, "2", FAILURE, "3", FAILURE);

  private static final Set<String> DLP_BLOCKS =
      Set.of("blockaccess", "block", "blockmessage", "quarantine");

  /** As ECS writes it. */
  String ecs() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Outcome of(Audit event, Family family) {
    String operation = event.operation();
    if (family == Family.SIGN_IN || operation.startsWith("UserLog")) {
      return ofSignIn(event);
    }
    if (family == Family.DLP) {
      return ofDlp(event);
    }
    Outcome byStatus = byStatus(event, family);
    if (byStatus != null) {
      return byStatus;
    }
    if (operation.endsWith("Failed") || operation.equals("SharingInvitationBlocked")) {
      return FAILURE;
    }
    return family.tellsOnlyOfWhatWasDone() ? SUCCESS : UNKNOWN;
  }

  private static @Nullable Outcome byStatus(Audit event, Family family) {
    // SuccessStatus is the backup's, IsSuccess Power BI's.
    String status = event.first("ResultStatus", "SuccessStatus", "IsSuccess");
    if (status == null) {
      return null;
    }
    String lowerCase = status.strip().toLowerCase(Locale.ROOT);
    Outcome planner = family == Family.PLANNER ? BY_PLANNER_STATUS.get(lowerCase) : null;
    if (planner != null) {
      return planner;
    }
    return SUCCEEDED.contains(lowerCase) ? SUCCESS : FAILED.contains(lowerCase) ? FAILURE : UNKNOWN;
  }

  private static Outcome ofSignIn(Audit event) {
    String error = event.text("LogonError");
    String loginStatus = event.text("LoginStatus");
    if (event.operation().startsWith("UserLoginFailed")
        || (error != null && !error.equalsIgnoreCase("None"))
        || (loginStatus != null && !loginStatus.equals("0"))) {
      return FAILURE;
    }
    Outcome byStatus = byStatus(event, Family.SIGN_IN);
    if (byStatus != null) {
      return byStatus;
    }
    return event.operation().isEmpty() ? UNKNOWN : SUCCESS;
  }

  /** A rule that blocked somebody is a failure for whom it blocked; an undone one is none. */
  private static Outcome ofDlp(Audit event) {
    boolean undone =
        event.operation().equalsIgnoreCase("DlpRuleUndo")
            || event.first("ExceptionInfo") != null
            || !event.object("ExceptionInfo").tree().isEmpty();
    return !undone && blocks(event) ? FAILURE : SUCCESS;
  }

  private static boolean blocks(Audit event) {
    for (Audit policy : event.objects("PolicyDetails")) {
      for (Audit rule : policy.objects("Rules")) {
        for (String action : rule.texts("Actions")) {
          if (DLP_BLOCKS.contains(action.toLowerCase(Locale.ROOT))) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
