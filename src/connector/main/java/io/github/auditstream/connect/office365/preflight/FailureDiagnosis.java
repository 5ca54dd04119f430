package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.config.CommonKeys;
import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.FeedKeys;
import io.github.auditstream.connect.office365.config.NetworkKeys;
import io.github.auditstream.connect.office365.config.TenantKeys;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.model.ContentType;
import java.util.Optional;
import java.util.Set;

/** Says which key a refusal of the Management Activity API is about, and what to do. */
record FailureDiagnosis(ConnectorSettings settings, TenantSettings tenant) {
  static final String READ = "ActivityFeed.Read";
  static final String READ_DLP = "ActivityFeed.ReadDlp";

  private static final Set<String> NO_AUDITING = Set.of("DataServiceException", "AF20011");
  private static final Set<String> OF_THE_TENANT = Set.of("AF20010", "AF20012");
  private static final String NO_ROLE = "AF10001";
  private static final String UNKNOWN_CONTENT_TYPE = "AF20020";

  private static final String WHERE_TO_GRANT =
      "grant it in the Entra admin center under 'App registrations', 'API permissions', as an"
          + " application permission of 'Office 365 Management APIs', and give admin consent there."
          + " It can take an hour to spread.";

  ConnectionDiagnosis connection() {
    return new ConnectionDiagnosis(settings, tenant, CommonKeys.MANAGEMENT_ENDPOINT.key());
  }

  private String tenantInWords() {
    return connection().tenantInWords();
  }

  /** Whether the API says that the tenant's audit log is off. */
  static boolean auditingIsOff(ApiOutcome.Failed<?> failure) {
    return NO_AUDITING.contains(failure.code());
  }

  /** Whether the API misses a permission in the token. */
  static boolean permissionIsMissing(ApiOutcome.Failed<?> failure) {
    return failure.code().equals(NO_ROLE)
        || (failure.code().isEmpty()
            && (failure.kind() == ApiOutcome.Kind.UNAUTHORISED
                || failure.kind() == ApiOutcome.Kind.FORBIDDEN));
  }

  Finding auditingOff(ApiOutcome.Failed<?> failure) {
    return Finding.error(
        TenantKeys.TENANT_ID.key(),
        "unified auditing is off for "
            + tenantInWords()
            + ", or the audit service does not know it yet: turn auditing on in the Microsoft Purview"
            + " portal, which takes up to an hour, and check that this is the right tenant ("
            + failure.code()
            + ").");
  }

  /**
   * The permission for a content type is missing.
   *
   * @param roles those in the token, where it can be read
   */
  Finding noConsent(ContentType type, Optional<Set<String>> roles) {
    String permission = permission(type);
    String key =
        type == ContentType.DLP ? FeedKeys.CONTENT_TYPES.key() : TenantKeys.CLIENT_ID.key();
    if (roles.filter(all -> all.contains(permission)).isPresent()) {
      return Finding.error(
          key,
          permission
              + " is in the token for "
              + tenantInWords()
              + ", but the Management Activity API refuses it still: consent can take an hour to"
              + " spread. Try again then; if it stays, check 'cloud'.");
    }
    String found =
        roles
            .map(
                all ->
                    all.isEmpty()
                        ? " The token has no application permission at all: a delegated one does not"
                            + " count."
                        : " The token has " + String.join(", ", all) + " only.")
            .orElse("");
    String without =
        type == ContentType.DLP ? " Or take " + type.apiName() + " out of content.types." : "";
    return Finding.error(
        key,
        "consent for "
            + permission
            + " is missing for "
            + tenantInWords()
            + ": "
            + WHERE_TO_GRANT
            + found
            + without);
  }

  static String permission(ContentType type) {
    return type == ContentType.DLP ? READ_DLP : READ;
  }

  /** Any other refusal of the API. */
  Finding of(ApiOutcome.Failed<?> failure) {
    String description = "for " + tenantInWords() + ": " + failure.reason();
    if (failure.kind() == ApiOutcome.Kind.THROTTLED) {
      return Finding.note(
          TenantKeys.REQUESTS_PER_MINUTE.key(), "the rest could not be checked " + description);
    }
    return Finding.error(key(failure), description);
  }

  private String key(ApiOutcome.Failed<?> failure) {
    if (failure.connectionFailure().isPresent()) {
      return connection().key(failure.connectionFailure().get());
    }
    if (failure.code().equals(UNKNOWN_CONTENT_TYPE)) {
      return FeedKeys.CONTENT_TYPES.key();
    }
    if (OF_THE_TENANT.contains(failure.code())) {
      return TenantKeys.TENANT_ID.key();
    }
    boolean ofTheApi = failure.code().startsWith("AF") || failure.status() >= 500;
    if (ofTheApi) {
      return NetworkKeys.VALIDATE_CONNECTION.key();
    }
    if (failure.status() == 404 && !settings.cloud().custom()) {
      return CommonKeys.CLOUD.key();
    }
    return failure.status() == 407 ? connection().proxyPasswordKey() : connection().wayKey();
  }
}
