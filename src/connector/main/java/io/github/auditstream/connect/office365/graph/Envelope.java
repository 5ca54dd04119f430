package io.github.auditstream.connect.office365.graph;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What stands around an event in a record. A fallback only, for events that lack it: {@code userId}
 * and {@code userPrincipalName} are crossed here, and {@code clientIp} is never set, so these are
 * left out.
 *
 * @param id the event's Id
 * @param createdDateTime when it happened, usually with {@code Z}
 * @param operation what happened
 * @param recordTypeName the record type's name; the event has its number
 * @see <a href="https://learn.microsoft.com/graph/api/resources/security-auditlogrecord">
 *     auditLogRecord</a>
 */
public record Envelope(
    Optional<String> id,
    Optional<String> createdDateTime,
    Optional<String> operation,
    Optional<String> recordTypeName) {

  /** Of events that stand alone. */
  public static final Envelope NOTHING =
      new Envelope(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final Pattern UTC =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d([.]\\d{1,9})?Z");

  /**
   * The columns around an event in an export. A time is taken only as ISO 8601 has it in UTC:
   * PowerShell writes others in the language and time zone of the computer that exported.
   */
  public static Envelope ofExport(
      Optional<String> id, Optional<String> time, Optional<String> operation) {
    return new Envelope(
        id.filter(text -> !text.isBlank()),
        time.filter(text -> UTC.matcher(text).matches()),
        operation.filter(text -> !text.isBlank()),
        Optional.empty());
  }
}
