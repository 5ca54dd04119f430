package io.github.auditstream.connect.office365.event;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The closed set of routes. A value from an event is only ever looked up here, so it never names a
 * topic by itself.
 *
 * <p>The names are those that the record type table of the Management Activity API schema and
 * observed events give; a record type whose workload nobody has documented or seen goes to {@link
 * #GENERAL}.
 *
 * @see <a
 *     href="https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema#auditlogrecordtype">
 *     AuditLogRecordType</a>
 */
public final class Workloads {

  /** Events whose workload is missing or unknown. */
  public static final Workload GENERAL = new Workload("General", "general");

  /**
   * Events of the content type {@code DLP.All}, whatever their workload: other people read them.
   */
  public static final Workload DLP = new Workload("Dlp", "dlp");

  private static final List<Workload> NAMED =
      Stream.of(
              "Aip",
              "AirInvestigation",
              "AzureActiveDirectory",
              "Copilot",
              "CRM",
              "Endpoint",
              "Exchange",
              "Kaizala",
              "MicrosoftFlow",
              "MicrosoftForms",
              "MicrosoftStream",
              "MicrosoftTeams",
              "MicrosoftTodo",
              "OneDrive",
              "Planner",
              "PowerApps",
              "PowerBI",
              "Project",
              "Quarantine",
              "SecurityComplianceCenter",
              "SharePoint",
              "SkypeForBusiness",
              "TeamsEvalDataHub",
              "ThreatIntelligence",
              "Yammer")
          .map(name -> new Workload(name, name.toLowerCase(Locale.ROOT)))
          .toList();

  private static final List<Workload> ALL =
      Stream.concat(NAMED.stream(), Stream.of(DLP, GENERAL)).toList();

  private static final Map<String, Workload> BY_NAME =
      NAMED.stream().collect(Collectors.toUnmodifiableMap(Workload::name, Function.identity()));

  private static final Map<String, Workload> BY_LOWER_CASE =
      NAMED.stream()
          .collect(Collectors.toUnmodifiableMap(Workload::topicSuffix, Function.identity()));

  private Workloads() {}

  /** Every route, the two own ones last. */
  public static List<Workload> all() {
    return ALL;
  }

  /**
   * Finds the workload that an event's {@code Workload} property names, in any case. The texts of
   * the two own routes find nothing.
   */
  public static Optional<Workload> find(String text) {
    Workload exact = BY_NAME.get(text);
    return exact != null
        ? Optional.of(exact)
        : Optional.ofNullable(BY_LOWER_CASE.get(text.toLowerCase(Locale.ROOT)));
  }

  /**
   * The route of an event.
   *
   * @param dlp whether it is one of those that {@code DLP.All} brings
   * @param text the event's {@code Workload}, null where it has none that is a text
   */
  static Workload route(boolean dlp, @Nullable String text) {
    if (dlp) {
      return DLP;
    }
    return text == null ? GENERAL : find(text).orElse(GENERAL);
  }
}
