package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.config.ApiVersion;
import io.github.auditstream.connect.office365.config.CommonKeys;
import io.github.auditstream.connect.office365.config.HistoryKeys;
import io.github.auditstream.connect.office365.config.HistorySettings;
import io.github.auditstream.connect.office365.config.NetworkKeys;
import io.github.auditstream.connect.office365.config.TenantKeys;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.graph.AuditLogQueries;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Says which key a refusal of Microsoft Graph is about, and what to do. */
record GraphDiagnosis(HistorySettings settings, TenantSettings tenant) {
  /** Each opens one service's records, and queries that name record types of it alone. */
  private static final Pattern OF_ONE_SERVICE =
      Pattern.compile("AuditLogsQuery-[A-Za-z]+\\.Read\\.All");

  /** Entra ID's own logs; often taken for the permission that is needed. */
  private static final String OTHER_LOGS = "AuditLog.Read.All";

  private static final String WHERE_TO_GRANT =
      "grant it in the Entra admin center under 'App registrations', 'API permissions', as an"
          + " application permission of 'Microsoft Graph', and give admin consent there. It can take"
          + " an hour to spread.";

  ConnectionDiagnosis connection() {
    return new ConnectionDiagnosis(settings, tenant, CommonKeys.GRAPH_ENDPOINT.key());
  }

  private static boolean hasPermission(Optional<Set<String>> roles) {
    return roles
        .filter(
            all ->
                all.contains(AuditLogQueries.PERMISSION)
                    || all.stream().anyMatch(OF_ONE_SERVICE.asMatchPredicate()))
        .isPresent();
  }

  /**
   * The permission is missing.
   *
   * @param roles those in the token, where it can be read
   */
  Finding noConsent(Optional<Set<String>> roles) {
    if (hasPermission(roles)) {
      return Finding.error(
          TenantKeys.CLIENT_ID.key(),
          "a permission for audit log queries is in the token for "
              + connection().tenantInWords()
              + ", but Microsoft Graph refuses it still: consent can take an hour to spread. Try"
              + " again then; if it stays, check 'cloud'.");
    }
    return Finding.error(
        TenantKeys.CLIENT_ID.key(),
        "consent for "
            + AuditLogQueries.PERMISSION
            + " is missing for "
            + connection().tenantInWords()
            + ": "
            + WHERE_TO_GRANT
            + roles.map(GraphDiagnosis::found).orElse(""));
  }

  private static String found(Set<String> roles) {
    if (roles.isEmpty()) {
      return " The token has no application permission at all: a delegated one does not count.";
    }
    String other =
        roles.contains(OTHER_LOGS) ? " " + OTHER_LOGS + " is for Entra ID's own logs." : "";
    return " The token has " + String.join(", ", roles) + " only." + other;
  }

  /** What permissions for single services leave out, where nothing says that it is meant. */
  Optional<Finding> partialPermission(Optional<Set<String>> roles) {
    List<String> services =
        roles.stream()
            .flatMap(Set::stream)
            .filter(OF_ONE_SERVICE.asMatchPredicate())
            .sorted()
            .toList();
    boolean whole = roles.filter(all -> all.contains(AuditLogQueries.PERMISSION)).isPresent();
    if (whole || services.isEmpty() || !settings.queries().recordTypes().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.note(
            HistoryKeys.RECORD_TYPES.key(),
            connection().tenantInWords()
                + " has consented to "
                + String.join(", ", services)
                + " alone, so only events of these services can be read, and Microsoft may refuse a"
                + " query for all record types: name the record types of these services, or grant "
                + AuditLogQueries.PERMISSION
                + "."));
  }

  Finding auditingOff() {
    return Finding.error(
        TenantKeys.TENANT_ID.key(),
        "unified auditing is off for "
            + connection().tenantInWords()
            + ": turn auditing on in the Microsoft Purview portal, which takes up to an hour, and"
            + " check that this is the right tenant. What happened while it was off is nowhere.");
  }

  /** Any other refusal. */
  Finding of(ApiOutcome.Failed<?> failure) {
    String description = "for " + connection().tenantInWords() + ": " + failure.reason();
    if (failure.kind() == ApiOutcome.Kind.THROTTLED) {
      return Finding.note(
          NetworkKeys.VALIDATE_CONNECTION.key(), "the rest could not be checked " + description);
    }
    return Finding.error(key(failure), description);
  }

  private String key(ApiOutcome.Failed<?> failure) {
    if (failure.connectionFailure().isPresent()) {
      return connection().key(failure.connectionFailure().get());
    }
    if (AuditLogQueries.isNotServed(failure)) {
      return notServedKey();
    }
    return switch (failure.kind()) {
      case FORBIDDEN -> TenantKeys.CLIENT_ID.key();
      case UNAUTHORISED -> rootKey();
      default -> unavailableKey(failure.status());
    };
  }

  private String unavailableKey(int status) {
    if (status >= 500) {
      return NetworkKeys.VALIDATE_CONNECTION.key();
    }
    return status == 407 ? connection().proxyPasswordKey() : connection().wayKey();
  }

  private String notServedKey() {
    return settings.queries().version() == ApiVersion.AUTO
        ? rootKey()
        : HistoryKeys.API_VERSION.key();
  }

  private String rootKey() {
    return settings.cloud().custom() ? CommonKeys.GRAPH_ENDPOINT.key() : CommonKeys.CLOUD.key();
  }
}
