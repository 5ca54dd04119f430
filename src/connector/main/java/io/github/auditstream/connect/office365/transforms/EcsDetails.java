package io.github.auditstream.connect.office365.transforms;

import io.github.auditstream.connect.office365.transforms.EcsDocument.Related;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a family of record types says in the terms of the Elastic Common Schema. */
final class EcsDetails {

  private static final Map<String, Long> SEVERITIES =
      Map.of("informational", 1L, "low", 2L, "medium", 3L, "high", 4L);

  private EcsDetails() {}

  static void put(EcsDocument document, Audit event, Family family) {
    switch (family) {
      case SIGN_IN -> signIn(document, event);
      case DIRECTORY -> directory(document, event);
      case EXCHANGE_ADMIN -> exchangeServer(document, event);
      case MAILBOX -> mailbox(document, event);
      case SHAREPOINT -> sharePoint(document, event);
      case DLP -> dlp(document, event);
      case TEAMS -> teams(document, event);
      case ALERT -> alert(document, event);
      case YAMMER -> yammer(document, event);
      case MAIL_THREAT -> mailThreat(document, event);
      case URL_THREAT -> url(document, event.text("Url"));
      case FILE_THREAT -> fileThreat(document, event);
      case MAIL_LABEL, MAIL_PORTAL -> mail(document, event);
      case FILE_LABEL -> document.put(name(event.text("ObjectId")), "file", "name");
      case COMPLIANCE, QUARANTINE, PLANNER, OTHER -> {}
    }
  }

  private static void signIn(EcsDocument document, Audit event) {
    String error = event.text("LogonError");
    if (error != null && !error.equalsIgnoreCase("None")) {
      document.put(error, "event", "reason");
    }
    String number = event.first("ErrorNumber", "ErrorCode", "LoginStatus");
    if (number != null && !number.equals("0")) {
      document.put(number, "error", "code");
    }
    String host = event.named("DeviceProperties", "DisplayName", "Value");
    document.put(host, "host", "name");
    document.related(Related.HOSTS, host);
    document.put(event.named("DeviceProperties", "Id", "Value"), "host", "id");
    document.put(event.named("DeviceProperties", "OS", "Value"), "host", "os", "full");
  }

  private static void directory(EcsDocument document, Audit event) {
    String target = event.text("ObjectId");
    String operation = event.operation().toLowerCase(Locale.ROOT);
    if (target != null
        && (operation.endsWith(" user.")
            || (target.indexOf('@') > 0 && WebUrl.of(target) == null))) {
      document.putUser(target, "user", "target");
    }
    String role = changed(event, "Role.DisplayName");
    document.put(role == null ? null : List.of(role), "user", "target", "roles");
    document.put(changed(event, "Group.DisplayName"), "group", "name");
    document.put(changed(event, "Group.ObjectID"), "group", "id");
  }

  /**
   * The new value of a property, or the old one of what was taken away; without quotation marks.
   */
  private static @Nullable String changed(Audit event, String name) {
    String value = unquoted(event.named("ModifiedProperties", name, "NewValue"));
    return value == null ? unquoted(event.named("ModifiedProperties", name, "OldValue")) : value;
  }

  private static @Nullable String unquoted(@Nullable String value) {
    boolean quoted =
        value != null && value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    String inner = value != null && quoted ? value.substring(1, value.length() - 1) : value;
    return inner == null || inner.isBlank() ? null : inner;
  }

  private static void exchangeServer(EcsDocument document, Audit event) {
    String text = event.text("OriginatingServer");
    if (text != null) {
      Endpoint server = Endpoint.of(text);
      document.putEndpoint(server, "server");
      document.put(server.ip(), "destination", "ip");
    }
  }

  private static void mailbox(EcsDocument document, Audit event) {
    exchangeServer(document, event);
    document.putUser(event.text("MailboxOwnerUPN"), "user", "target");
    document.put(event.text("LogonUserDisplayName"), "user", "full_name");
    document.put(event.text("ClientProcessName"), "process", "name");
    Audit item = event.object("Item");
    document.put(item.text("Subject"), "email", "subject");
    document.put(item.text("InternetMessageId"), "email", "message_id");
  }

  private static void sharePoint(EcsDocument document, Audit event) {
    url(document, event.text("ObjectId"));
    document.put(event.text("SourceFileName"), "file", "name");
    document.put(event.text("SourceFileExtension"), "file", "extension");
    document.put(event.text("SourceRelativeUrl"), "file", "directory");
    Object size = event.value("FileSizeBytes");
    document.put(size instanceof Long ? size : null, "file", "size");
    String target = event.text("TargetUserOrGroupName");
    String kind = event.text("TargetUserOrGroupType");
    if (kind != null && kind.toLowerCase(Locale.ROOT).endsWith("group")) {
      document.put(target, "group", "name");
    } else {
      document.putUser(target, "user", "target");
    }
  }

  private static void dlp(EcsDocument document, Audit event) {
    Audit file = event.object("SharePointMetaData");
    document.put(file.text("FileName"), "file", "name");
    document.put(file.text("FileOwner"), "file", "owner");
    document.related(Related.USER, file.text("FileOwner"));
    document.related(Related.USER, file.text("From"));
    url(document, file.text("FilePathUrl"));
    Audit mail = event.object("ExchangeMetaData");
    people(document, mail.texts("From"), "from");
    people(document, mail.texts("To"), "to");
    people(document, mail.texts("CC"), "cc");
    people(document, mail.texts("BCC"), "bcc");
    document.put(mail.text("Subject"), "email", "subject");
    document.put(mail.text("MessageID"), "email", "message_id");
    String device = event.object("EndpointMetaData").text("DeviceName");
    document.put(device, "host", "name");
    document.related(Related.HOSTS, device);
    rules(document, event);
  }

  private static void rules(EcsDocument document, Audit event) {
    List<String> ids = new ArrayList<>();
    List<String> names = new ArrayList<>();
    long severity = 0;
    for (Audit policy : event.objects("PolicyDetails")) {
      ids.addAll(policy.texts("PolicyId"));
      names.addAll(policy.texts("PolicyName"));
      for (Audit rule : policy.objects("Rules")) {
        ids.addAll(rule.texts("RuleId"));
        names.addAll(rule.texts("RuleName"));
        severity = Math.max(severity, severity(rule.text("Severity")));
      }
    }
    document.putOneOrMore(ids, "rule", "id");
    document.putOneOrMore(names, "rule", "name");
    document.put(severity == 0 ? null : severity, "event", "severity");
  }

  private static long severity(@Nullable String text) {
    return text == null ? 0 : SEVERITIES.getOrDefault(text.toLowerCase(Locale.ROOT), 0L);
  }

  private static void teams(EcsDocument document, Audit event) {
    document.put(event.text("TeamName"), "group", "name");
    document.put(event.text("AADGroupId"), "group", "id");
    for (Audit member : event.objects("Members")) {
      document.related(Related.USER, member.text("UPN"));
    }
  }

  private static void alert(EcsDocument document, Audit event) {
    document.put(event.text("Name"), "message");
    document.put(event.text("Name"), "rule", "name");
    document.put(event.text("PolicyId"), "rule", "id");
    document.put(event.text("Category"), "rule", "category");
    List<String> links = new ArrayList<>();
    event.objects("AlertLinks").forEach(link -> links.addAll(link.texts("AlertLinkHref")));
    document.putOneOrMore(links, "rule", "reference");
    long severity = severity(event.text("Severity"));
    document.put(severity == 0 ? null : severity, "event", "severity");
    String entity = event.text("AlertEntityId");
    String type = event.text("EntityType");
    boolean person =
        type != null && (type.equals("User") || type.equals("Recipients") || type.equals("Sender"));
    document.putUser(person ? entity : null, "user", "target");
    Audit data = event.parsed("Data");
    document.related(Related.USER, data.text("f3u"));
    document.related(Related.USER, data.text("suid"));
    people(document, data.texts("tsd"), "sender");
    people(document, data.texts("trc"), "to");
    document.put(data.text("ms"), "email", "subject");
    document.put(data.text("imsgid"), "email", "message_id");
    String sender = data.text("sip");
    document.related(Related.IP, sender == null ? null : Endpoint.of(sender).ip());
  }

  private static void yammer(EcsDocument document, Audit event) {
    document.put(event.text("GroupName"), "group", "name");
    document.put(event.text("FileName"), "file", "name");
    document.putUser(event.text("TargetUserId"), "user", "target");
    document.related(Related.USER, event.text("ActorUserId"));
  }

  private static void mailThreat(EcsDocument document, Audit event) {
    document.put(event.text("NetworkMessageId"), "email", "local_id");
    document.put(event.text("InternetMessageId"), "email", "message_id");
    document.put(event.text("Subject"), "email", "subject");
    people(document, event.texts("P1Sender"), "sender");
    people(document, event.texts("P2Sender"), "from");
    people(document, event.texts("Recipients"), "to");
    String sender = event.text("SenderIp");
    document.related(Related.IP, sender == null ? null : Endpoint.of(sender).ip());
    List<Object> attachments = new ArrayList<>();
    for (Audit attachment : event.objects("AttachmentData")) {
      EcsDocument file = new EcsDocument();
      file.put(attachment.text("FileName"), "file", "name");
      file.put(attachment.text("SHA256"), "file", "hash", "sha256");
      document.related(Related.HASH, attachment.text("SHA256"));
      attachments.add(file.finish());
    }
    document.put(attachments, "email", "attachments");
  }

  private static void fileThreat(EcsDocument document, Audit event) {
    Audit file = event.object("FileData");
    document.put(file.text("FileName"), "file", "name");
    document.put(file.text("FilePath"), "file", "path");
    document.put(file.text("SHA256"), "file", "hash", "sha256");
    document.related(Related.HASH, file.text("SHA256"));
  }

  private static void mail(EcsDocument document, Audit event) {
    people(document, event.texts("Sender"), "from");
    List<String> receivers = new ArrayList<>(event.texts("Receivers"));
    receivers.addAll(event.texts("Recipient"));
    people(document, receivers, "to");
    document.put(event.text("MessageId"), "email", "message_id");
  }

  private static void people(EcsDocument document, List<String> addresses, String role) {
    boolean one = role.equals("sender");
    document.put(
        one && !addresses.isEmpty() ? addresses.get(0) : addresses, "email", role, "address");
    addresses.forEach(address -> document.related(Related.USER, address));
  }

  private static void url(EcsDocument document, @Nullable String text) {
    WebUrl url = text == null ? null : WebUrl.of(text);
    if (url != null) {
      document.put(text, "url", "original");
      document.put(url.scheme(), "url", "scheme");
      document.put(url.host(), "url", "domain");
    }
  }

  /** The last part of a path of either kind. */
  private static @Nullable String name(@Nullable String path) {
    return path == null
        ? null
        : path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }
}
