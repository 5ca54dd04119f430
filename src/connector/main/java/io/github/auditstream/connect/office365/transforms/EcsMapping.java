package io.github.auditstream.connect.office365.transforms;

import io.github.auditstream.connect.office365.event.EventTimes;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every event says in the terms of the Elastic Common Schema. What a family of record types
 * says beyond that is in {@link EcsDetails}.
 */
final class EcsMapping {

  /** The release of the schema whose field names and values these are. */
  static final String ECS_VERSION = "8.11.0";

  private EcsMapping() {}

  /**
   * Maps an event.
   *
   * @param otherwise the time of an event that does not tell its own, null if there is none
   * @param dataset for event.dataset
   */
  static EcsDocument map(Audit event, @Nullable Long otherwise, String dataset) {
    EcsDocument document = new EcsDocument();
    Family family = Family.of(event);
    document.put(timestamp(event, otherwise), "@timestamp");
    document.put(ECS_VERSION, "ecs", "version");
    putEvent(document, event, family, dataset);
    String organization = event.text("OrganizationId");
    if (organization != null) {
      document.put(organization.toLowerCase(Locale.ROOT), "organization", "id");
    }
    document.put(event.text("OrganizationName"), "organization", "name");
    document.putUser(event.text("UserId"), "user");
    putClient(document, event);
    document.put(userAgent(event), "user_agent", "original");
    EcsDetails.put(document, event, family);
    return document;
  }

  static @Nullable String timestamp(Audit event, @Nullable Long otherwise) {
    String text = event.text("CreationTime");
    Optional<Instant> time =
        text == null ? Optional.empty() : EventTimes.parse(text.strip().replace(' ', 'T'));
    return time.or(() -> Optional.ofNullable(otherwise).map(Instant::ofEpochMilli))
        .map(Instant::toString)
        .orElse(null);
  }

  private static void putEvent(EcsDocument document, Audit event, Family family, String dataset) {
    Classification classification = Classification.of(event, family);
    boolean alert = family == Family.ALERT || family == Family.DLP;
    document.put(alert ? "alert" : "event", "event", "kind");
    document.put(classification.categories(), "event", "category");
    document.put(classification.types(), "event", "type");
    document.put(Outcome.of(event, family).ecs(), "event", "outcome");
    document.put(event.operation().isEmpty() ? null : event.operation(), "event", "action");
    document.put(event.text("Id"), "event", "id");
    document.put(code(event), "event", "code");
    document.put(event.text("Workload"), "event", "provider");
    document.put("o365", "event", "module");
    document.put(dataset, "event", "dataset");
  }

  private static @Nullable String code(Audit event) {
    // A record type that nobody has documented yet keeps its number.
    return event.recordType() < 0
        ? event.text("RecordType")
        : RecordTypes.name(event.recordType()).orElse(String.valueOf(event.recordType()));
  }

  private static void putClient(EcsDocument document, Audit event) {
    String text = event.first("ClientIPAddress", "ClientIP", "ActorIpAddress", "ActorIP", "UserIp");
    if (text == null) {
      return;
    }
    Endpoint endpoint = Endpoint.of(text);
    document.putEndpoint(endpoint, "client");
    document.putEndpoint(endpoint, "source");
    if (endpoint.ip() != null) {
      document.put(endpoint.ip().indexOf(':') < 0 ? "ipv4" : "ipv6", "network", "type");
    }
  }

  private static @Nullable String userAgent(Audit event) {
    String agent = event.text("UserAgent");
    if (agent == null) {
      agent = event.named("ExtendedProperties", "UserAgent", "Value");
    }
    if (agent == null) {
      String details = event.named("ExtendedProperties", "additionalDetails", "Value");
      agent = details == null ? null : Audit.parse(details).text("User-Agent");
    }
    return agent;
  }
}
