package io.github.auditstream.connect.office365.transforms;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the Elastic Common Schema calls an event: only pairs that its allow-list has.
 *
 * @param categories of {@code event.category}; empty where the schema has none that fits
 * @param types of {@code event.type}
 * @see <a href="https://www.elastic.co/guide/en/ecs/8.11/ecs-allowed-values-event-category.html">
 *     the allowed values</a>
 */
record Classification(List<String> categories, List<String> types) {

  private static final String ACCESS = "access";
  private static final String ADMIN = "admin";
  private static final String CHANGE = "change";
  private static final String CREATION = "creation";
  private static final String DELETION = "deletion";
  private static final String GROUP = "group";
  private static final String INFO = "info";
  private static final String USER = "user";

  /** What an operation begins with, in lower case, and what it does to something. */
  private static final Map<String, String> FIRST_WORDS =
      Map.ofEntries(
          Map.entry("add", CREATION),
          Map.entry("new", CREATION),
          Map.entry("create", CREATION),
          Map.entry("import", CREATION),
          Map.entry("install", CREATION),
          Map.entry("upload", CREATION),
          Map.entry("copy", CREATION),
          Map.entry("remove", DELETION),
          Map.entry("delete", DELETION),
          Map.entry("hard", DELETION),
          Map.entry("uninstall", DELETION),
          Map.entry("get", ACCESS),
          Map.entry("view", ACCESS),
          Map.entry("export", ACCESS),
          Map.entry("download", ACCESS),
          Map.entry("search", ACCESS),
          Map.entry("list", ACCESS),
          Map.entry("read", ACCESS),
          Map.entry("test", ACCESS),
          Map.entry("set", CHANGE),
          Map.entry("update", CHANGE),
          Map.entry("edit", CHANGE),
          Map.entry("change", CHANGE),
          Map.entry("reset", CHANGE),
          Map.entry("enable", CHANGE),
          Map.entry("disable", CHANGE),
          Map.entry("restore", CHANGE),
          Map.entry("rename", CHANGE),
          Map.entry("move", CHANGE),
          Map.entry("consent", CHANGE),
          Map.entry("start", CHANGE),
          Map.entry("stop", CHANGE));

  /** What an operation ends in, in lower case. */
  private static final List<Map.Entry<String, String>> LAST_WORDS =
      List.of(
          Map.entry("accessed", ACCESS),
          Map.entry("accessedextended", ACCESS),
          Map.entry("downloaded", ACCESS),
          Map.entry("previewed", ACCESS),
          Map.entry("viewed", ACCESS),
          Map.entry("visited", ACCESS),
          Map.entry("signaled", ACCESS),
          Map.entry("performed", ACCESS),
          Map.entry("used", ACCESS),
          Map.entry("deleted", DELETION),
          Map.entry("removed", DELETION),
          Map.entry("recycled", DELETION),
          Map.entry("deletedfirststagerecyclebin", DELETION),
          Map.entry("deletedsecondstagerecyclebin", DELETION),
          Map.entry("deletion", DELETION),
          Map.entry("uploaded", CREATION),
          Map.entry("created", CREATION),
          Map.entry("creation", CREATION),
          Map.entry("copied", CREATION),
          Map.entry("added", CREATION),
          Map.entry("installed", CREATION));

  static Classification of(Audit event, Family family) {
    String operation = event.operation().toLowerCase(Locale.ROOT);
    return switch (family) {
      case SIGN_IN -> of("authentication", operation.startsWith("userloggedo") ? "end" : "start");
      case DIRECTORY -> directory(operation);
      case EXCHANGE_ADMIN -> cmdlet(operation);
      case MAILBOX -> mailbox(operation);
      case SHAREPOINT -> sharePoint(operation, event);
      case TEAMS -> teams(operation);
      case YAMMER -> yammer(operation);
      case DLP -> event.recordType() == 13 ? of("email", INFO) : of("file", ACCESS);
      case ALERT -> alert(event);
      case COMPLIANCE ->
          operation.indexOf('-') > 0
              ? of("configuration", orInfo(byFirstWord(operation)))
              : none(orInfo(byFirstWord(operation)));
      case MAIL_THREAT ->
          new Classification(List.of("email", "threat"), List.of(INFO, "indicator"));
      case URL_THREAT -> new Classification(List.of("web", "threat"), List.of(ACCESS, "indicator"));
      case FILE_THREAT -> new Classification(List.of("file", "malware"), List.of(INFO));
      case QUARANTINE, MAIL_LABEL, MAIL_PORTAL -> of("email", INFO);
      case FILE_LABEL -> of("file", operation.endsWith("deleted") ? DELETION : CHANGE);
      case PLANNER, OTHER -> none(orInfo(byWord(operation)));
    };
  }

  private static Classification directory(String operation) {
    String type = inIam(orChange(byFirstWord(operation)));
    if (operation.contains(" to ") || operation.contains(" from ")) {
      type = CHANGE;
    }
    if (operation.contains("role")
        || operation.contains("permission")
        || operation.contains("consent")) {
      return of("iam", ADMIN, CHANGE);
    }
    if (operation.contains("group")) {
      return of("iam", GROUP, type);
    }
    if (operation.contains("policy")
        || operation.contains("company")
        || operation.contains("domain")
        || operation.contains("federation")
        || operation.contains("directory feature")
        || operation.contains("partner")) {
      return of("configuration", type);
    }
    if (operation.contains("user")
        || operation.contains("password")
        || operation.contains("strong authentication")
        || operation.contains("stsrefreshtoken")
        || operation.contains("license")) {
      return of("iam", USER, type);
    }
    return of("iam", type);
  }

  private static Classification cmdlet(String operation) {
    String type = orChange(byFirstWord(operation));
    int dash = operation.indexOf('-');
    String noun = operation.substring(dash + 1);
    String inIam = inIam(type);
    if (noun.endsWith("permission")) {
      return of("iam", USER, type.equals(ACCESS) ? INFO : CHANGE);
    }
    if (noun.startsWith("managementrole") || noun.startsWith("rolegroup")) {
      return of("iam", ADMIN, noun.endsWith("member") ? CHANGE : inIam);
    }
    if (noun.contains("group")) {
      return of("iam", GROUP, noun.endsWith("member") || noun.endsWith("links") ? CHANGE : inIam);
    }
    return switch (noun) {
      case "mailbox", "user", "mailuser", "mailcontact", "remotemailbox", "casmailbox" ->
          of("iam", USER, inIam);
      default -> of("configuration", type);
    };
  }

  private static Classification mailbox(String operation) {
    if (operation.equals("mailboxlogin")) {
      return of("authentication", "start");
    }
    if (operation.contains("permission") || operation.contains("delegation")) {
      return of("iam", USER, CHANGE);
    }
    return operation.contains("inboxrule") ? of("configuration", CHANGE) : of("email", INFO);
  }

  private static Classification sharePoint(String operation, Audit event) {
    String type = orChange(byLastWord(operation));
    if (operation.equals("addedtogroup") || operation.equals("removedfromgroup")) {
      return of("iam", GROUP, CHANGE);
    }
    if (operation.contains("admin") || operation.contains("permission")) {
      return of("iam", ADMIN, CHANGE);
    }
    if (operation.startsWith("file") || operation.startsWith("folder")) {
      return file(operation, type);
    }
    if (operation.startsWith("page")
        || operation.startsWith("clientview")
        || operation.startsWith("search")) {
      return of("web", ACCESS);
    }
    if (operation.startsWith("list")
        || operation.startsWith("site")
        || operation.startsWith("compliancesetting")
        || operation.startsWith("hubsite")) {
      return of("configuration", type);
    }
    if (event.recordType() == 14) {
      return of("file", operation.endsWith("used") ? ACCESS : CHANGE);
    }
    return event.recordType() == 6 ? of("file", type) : none(orInfo(byLastWord(operation)));
  }

  /** What the word at the end is about need not be the file: a label can be removed from one. */
  private static Classification file(String operation, String byLastWord) {
    if (operation.contains("label")) {
      return of("file", CHANGE);
    }
    if (operation.contains("malware")) {
      return new Classification(List.of("file", "malware"), List.of(INFO));
    }
    if (operation.contains("deleted") || operation.contains("recycled")) {
      return of("file", DELETION);
    }
    // Those of the sync client end in Full or Partial.
    return of("file", operation.contains("downloaded") ? ACCESS : byLastWord);
  }

  private static Classification teams(String operation) {
    return switch (operation) {
      case "teamcreated" -> of("iam", GROUP, CREATION);
      case "teamdeleted" -> of("iam", GROUP, DELETION);
      case "memberadded", "memberremoved", "memberrolechanged" -> of("iam", GROUP, CHANGE);
      case "teamssessionstarted" -> of("session", "start");
      default ->
          operation.startsWith("channel")
                  || operation.startsWith("tab")
                  || operation.startsWith("connector")
                  || operation.startsWith("bot")
                  || operation.startsWith("app")
                  || operation.contains("setting")
                  || operation.contains("policy")
              ? of("configuration", orChange(byLastWord(operation)))
              : none(orInfo(byLastWord(operation)));
    };
  }

  private static Classification yammer(String operation) {
    if (operation.startsWith("file")) {
      return of("file", operation.equals("fileshared") ? ACCESS : orChange(byLastWord(operation)));
    }
    if (operation.startsWith("group")) {
      return of("iam", GROUP, inIam(orChange(byLastWord(operation))));
    }
    return operation.contains("user")
        ? of("iam", USER, CHANGE)
        : of("configuration", orChange(byLastWord(operation)));
  }

  private static Classification alert(Audit event) {
    String category = event.text("Category");
    return switch (category == null ? "" : category) {
      case "AccessGovernance" -> of("iam", INFO);
      case "DataGovernance", "DataLossPrevention" -> of("file", INFO);
      case "ThreatManagement" -> of("malware", INFO);
      case "MailFlow" -> of("email", INFO);
      default -> none(INFO);
    };
  }

  private static @Nullable String byWord(String operation) {
    String type = byFirstWord(operation);
    return type == null ? byLastWord(operation) : type;
  }

  private static @Nullable String byFirstWord(String operation) {
    int end = 0;
    while (end < operation.length()
        && operation.charAt(end) != ' '
        && operation.charAt(end) != '-') {
      end++;
    }
    String exact = FIRST_WORDS.get(operation.substring(0, end));
    if (exact != null || end < operation.length()) {
      return exact;
    }
    for (Map.Entry<String, String> word : FIRST_WORDS.entrySet()) {
      if (operation.startsWith(word.getKey())) {
        return word.getValue();
      }
    }
    return null;
  }

  private static @Nullable String byLastWord(String operation) {
    for (Map.Entry<String, String> word : LAST_WORDS) {
      if (operation.endsWith(word.getKey())) {
        return word.getValue();
      }
    }
    return null;
  }

  private static String orInfo(@Nullable String type) {
    return type == null ? INFO : type;
  }

  /** The category iam has no access. */
  private static String inIam(String type) {
    return type.equals(ACCESS) ? INFO : type;
  }

  private static String orChange(@Nullable String type) {
    return type == null ? CHANGE : type;
  }

  private static Classification of(String category, String... types) {
    return new Classification(List.of(category), List.of(types));
  }

  private static Classification none(String type) {
    return new Classification(List.of(), List.of(type));
  }
}
