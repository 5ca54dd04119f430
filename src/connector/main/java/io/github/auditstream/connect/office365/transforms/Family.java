package io.github.auditstream.connect.office365.transforms;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Record types whose events are of one shape, as far as the Elastic Common Schema is concerned. */
enum Family {
  SIGN_IN,
  DIRECTORY,
  EXCHANGE_ADMIN,
  MAILBOX,
  SHAREPOINT,
  DLP,
  TEAMS,
  ALERT,
  COMPLIANCE,
  YAMMER,
  MAIL_THREAT,
  URL_THREAT,
  FILE_THREAT,
  QUARANTINE,
  MAIL_LABEL,
  FILE_LABEL,
  MAIL_PORTAL,
  PLANNER,
  OTHER;

  private static final Map<Integer, Family> BY_RECORD_TYPE = new HashMap<>();

  static {
    these(SIGN_IN, 9, 15);
    these(DIRECTORY, 8);
    these(EXCHANGE_ADMIN, 1);
    these(MAILBOX, 2, 3, 19, 50);
    these(SHAREPOINT, 4, 6, 7, 14, 36, 37, 54, 55, 56, 277);
    these(DLP, 11, 13, 33, 63, 99, 100, 107);
    these(TEAMS, 25, 57, 230);
    these(ALERT, 40, 78, 98, 113);
    these(COMPLIANCE, 18, 24, 31, 38, 52, 87, 106);
    these(YAMMER, 22);
    these(MAIL_THREAT, 28);
    these(URL_THREAT, 41);
    these(FILE_THREAT, 47);
    these(QUARANTINE, 65);
    these(MAIL_LABEL, 43, 75);
    these(FILE_LABEL, 71, 72, 82, 83, 84, 93, 94, 95, 96);
    these(MAIL_PORTAL, 154);
    these(PLANNER, 188, 189, 190, 191, 192, 193, 194, 231, 386, 387, 401, 402);
  }

  private static void these(Family family, int... recordTypes) {
    for (int recordType : recordTypes) {
      BY_RECORD_TYPE.put(recordType, family);
    }
  }

  /** The family of an event; by its workload if its record type is not one of these. */
  static Family of(Audit event) {
    Family family = BY_RECORD_TYPE.get(event.recordType());
    return family == null ? ofWorkload(event.text("Workload")) : family;
  }

  private static Family ofWorkload(@Nullable String workload) {
    if (workload == null) {
      return OTHER;
    }
    return switch (workload) {
      case "SharePoint", "OneDrive" -> SHAREPOINT;
      case "MicrosoftTeams" -> TEAMS;
      case "Planner" -> PLANNER;
      default -> OTHER;
    };
  }

  /** Whether an event of the family says by its being there that something was done. */
  boolean tellsOnlyOfWhatWasDone() {
    return this == SHAREPOINT
        || this == TEAMS
        || this == YAMMER
        || this == MAIL_LABEL
        || this == FILE_LABEL;
  }
}
