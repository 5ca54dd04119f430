package io.github.auditstream.connect.office365.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Texts such as an event's properties hold, chosen by the property's name. Nobody in them exists:
 * domains under {@code .example}, addresses from the ranges for documentation. For one thread.
 */
final class PlausibleValues {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final Instant SOME_DAY = Instant.parse("2026-03-02T00:00:00Z");
  private static final List<String> PEOPLE =
      List.of(
          "adele.vance",
          "alex.wilber",
          "diego.siciliani",
          "grady.archie",
          "isaiah.langer",
          "johanna.lorenz",
          "lee.gu",
          "lidia.holloway",
          "lynne.robbins",
          "megan.bowen",
          "miriam.graham",
          "nestor.wilke",
          "patti.fernandez",
          "pradeep.gupta");
  private static final List<String> DOMAINS =
      List.of("contoso.example", "fabrikam.example", "adatum.example");
  private static final List<String> WORDS =
      List.of(
          "budget",
          "review",
          "quarterly",
          "policy",
          "travel",
          "launch",
          "draft",
          "final",
          "archive",
          "invoice",
          "planning",
          "design",
          "roadmap",
          "minutes",
          "contract",
          "summary",
          "Übersicht",
          "présentation",
          "rapport",
          "計画");
  private static final List<String> AGENTS =
      List.of(
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
              + " Chrome/128.0.0.0 Safari/537.36",
          "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like"
              + " Gecko) Version/17.5 Safari/605.1.15",
          "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)",
          "OneDriveSync/24.1");
  private static final List<String> VERBS =
      List.of("Accessed", "Created", "Modified", "Deleted", "Viewed", "Updated");

  private final SplittableRandom random;

  PlausibleValues(SplittableRandom random) {
    this.random = random;
  }

  String operation(String recordType) {
    return recordType + one(VERBS);
  }

  String text(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (name.equals("CreationTime")) {
      return SECONDS.format(SOME_DAY);
    }
    if (name.equals("UserKey")) {
      return "100320" + String.format(Locale.ROOT, "%010x", random.nextLong(1L << 40));
    }
    if (name.equals("ResultStatus")) {
      return one(List.of("Succeeded", "Success", "True", "PartiallySucceeded", "Failed"));
    }
    if (name.equals("ObjectId") || lower.endsWith("url") || lower.endsWith("uri")) {
      return "https://contoso.example/sites/" + one(WORDS) + "/Shared Documents/" + file();
    }
    if (lower.endsWith("ip") || lower.endsWith("ipaddress")) {
      return address();
    }
    if (lower.endsWith("time") || lower.endsWith("date") || lower.endsWith("timestamp")) {
      return SECONDS.format(SOME_DAY.plusSeconds(random.nextLong(86_400)));
    }
    if (lower.equals("userid")
        || lower.contains("upn")
        || lower.contains("email")
        || lower.contains("smtp")
        || lower.contains("sender")
        || lower.contains("recipient")) {
      return one(PEOPLE) + "@" + one(DOMAINS);
    }
    if (lower.contains("agent") || lower.contains("clientinfo")) {
      return one(AGENTS);
    }
    if (lower.contains("filename") || lower.equals("filepath")) {
      return file();
    }
    if (lower.contains("sid") && !lower.contains("side")) {
      return "S-1-5-21-" + random.nextInt(1 << 30) + "-" + random.nextInt(1 << 30) + "-1104";
    }
    if (lower.endsWith("id") || lower.endsWith("guid") || lower.endsWith("key")) {
      return new UUID(random.nextLong(), random.nextLong()).toString();
    }
    if (lower.endsWith("version")) {
      return "16." + random.nextInt(10) + "." + random.nextInt(10_000);
    }
    return words(1 + random.nextInt(3));
  }

  String words(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(one(WORDS));
    }
    return text.toString();
  }

  /** In the forms that events have been seen to write addresses in. */
  private String address() {
    String v4 = one(List.of("192.0.2.", "198.51.100.", "203.0.113.")) + random.nextInt(1, 255);
    return switch (random.nextInt(6)) {
      case 0 -> "2001:db8::" + Integer.toHexString(random.nextInt(1, 0xFFFF));
      case 1 -> v4 + ":" + random.nextInt(1_024, 65_536);
      case 2 -> "::ffff:" + v4;
      case 3 -> "[2001:db8::" + Integer.toHexString(random.nextInt(1, 0xFFFF)) + "]:443";
      default -> v4;
    };
  }

  private String file() {
    return one(WORDS) + " " + random.nextInt(1_000) + one(List.of(".docx", ".xlsx", ".pdf"));
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
