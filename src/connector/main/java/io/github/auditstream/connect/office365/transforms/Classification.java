package io.github.auditstream.connect.office365.transforms;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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

  /** What an operation begins with, in lower case, by what it does to something. */
  private static final Map<String, String> FIRST_WORDS =
      types(
          """
          access: get view export download search list read test
          change: set update edit change reset enable disable restore rename move consent start stop
          creation: add new create import install upload copy
          deletion: remove delete hard uninstall
          """);

  /** What an operation ends in, in lower case. */
  private static final Map<String, String> LAST_WORDS =
      types(
          """
          access: accessed accessedextended downloaded previewed viewed visited signaled performed used
          creation: uploaded created creation copied added installed
          deletion: deleted removed recycled deletedfirststagerecyclebin deletedsecondstagerecyclebin
          deletion: deletion
          """);

  private static final Pattern OF_DIRECTORY_SETTINGS =
      Pattern.compile("policy|company|domain|federation|directory feature|partner");

  private static final Pattern OF_DIRECTORY_USERS =
      Pattern.compile("user|password|strong authentication|stsrefreshtoken|license");

  private static final Pattern OF_TEAMS_SETTINGS =
      Pattern.compile("^(?:channel|tab|connector|bot|app)|setting|policy");

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
    if (OF_DIRECTORY_SETTINGS.matcher(operation).find()) {
      return of("configuration", type);
    }
    if (OF_DIRECTORY_USERS.matcher(operation).find()) {
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
          OF_TEAMS_SETTINGS.matcher(operation).find()
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
    return exact != null || end < operation.length()
        ? exact
        : byWord(FIRST_WORDS, operation::startsWith);
  }

  private static @Nullable String byLastWord(String operation) {
    return byWord(LAST_WORDS, operation::endsWith);
  }

  private static @Nullable String byWord(Map<String, String> types, Predicate<String> isThere) {
    for (Map.Entry<String, String> word : types.entrySet()) {
      if (isThere.test(word.getKey())) {
        return word.getValue();
      }
    }
    return null;
  }

  /** Reads lines of a type and its words. No word of one type begins or ends in one of another. */
  private static Map<String, String> types(String lines) {
    Map<String, String> types = new HashMap<>();
    for (String line : lines.lines().toList()) {
      int colon = line.indexOf(": ");
      for (String word : line.substring(colon + 2).split(" ", -1)) {
        types.put(word, line.substring(0, colon));
      }
    }
    return types;
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
