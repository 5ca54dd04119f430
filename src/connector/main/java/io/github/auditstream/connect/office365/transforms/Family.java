package io.github.auditstream.connect.office365.transforms;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Record types whose events are of one shape, as far as the Elastic Common Schema is concerned. */
enum Family {
  SIGN_IN(9, 15),
  DIRECTORY(8),
  EXCHANGE_ADMIN(1),
  MAILBOX(2, 3, 19, 50),
  SHAREPOINT(4, 6, 7, 14, 36, 37, 54, 55, 56, 277),
  DLP(11, 13, 33, 63, 99, 100, 107),
  TEAMS(25, 57, 230),
  ALERT(40, 78, 98, 113),
  COMPLIANCE(18, 24, 31, 38, 52, 87, 106),
  YAMMER(22),
  MAIL_THREAT(28),
  URL_THREAT(41),
  FILE_THREAT(47),
  QUARANTINE(65),
  MAIL_LABEL(43, 75),
  FILE_LABEL(71, 72, 82, 83, 84, 93, 94, 95, 96),
  MAIL_PORTAL(154),
  PLANNER(188, 189, 190, 191, 192, 193, 194, 231, 386, 387, 401, 402),
  OTHER();

  private static final Map<Integer, Family> BY_RECORD_TYPE = new HashMap<>();

  private static final Set<Family> TELL_ONLY_OF_WHAT_WAS_DONE =
      EnumSet.of(SHAREPOINT, TEAMS, YAMMER, MAIL_LABEL, FILE_LABEL);

  static {
    for (Family family : values()) {
      for (int recordType : family.recordTypes) {
        BY_RECORD_TYPE.put(recordType, family);
      }
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // Nobody writes to it.
  private final int[] recordTypes;

  Family(int... recordTypes) {
    this.recordTypes = recordTypes;
  }

  /** The family of an event; by its workload if its record type is not one of these. */
  static Family of(Audit event) {
    Family family = BY_RECORD_TYPE.get(event.recordType());
    return family == null ? ofWorkload(event.text("Workload")) : family;
  }

  private static Family ofWorkload(@Nullable String workload) {
    return switch (String.valueOf(workload)) {
      case "SharePoint", "OneDrive" -> SHAREPOINT;
      case "MicrosoftTeams" -> TEAMS;
      case "Planner" -> PLANNER;
      default -> OTHER;
    };
  }

  /** Whether an event of the family says by its being there that something was done. */
  boolean tellsOnlyOfWhatWasDone() {
    return TELL_ONLY_OF_WHAT_WAS_DONE.contains(this);
  }
}
