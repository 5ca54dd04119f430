package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.config.TenantSettings;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about one tenant whose history is to be read.
 *
 * @param token whether Entra ID gave one for Microsoft Graph
 * @param permission whether the application may make audit log queries
 * @param auditing whether the tenant's auditing is on; that it is off shows, that it is on does not
 * @param version the version of Microsoft Graph that the tenant is served, {@code v1.0} or {@code
 *     beta}; empty where unknown
 * @param findings in the order in which they were met
 */
public record TenantHistoryReport(
    TenantSettings tenant,
    Answered token,
    Answered permission,
    Answered auditing,
    Optional<String> version,
    List<Finding> findings)
    implements TenantFindings {
  public TenantHistoryReport {
    findings = List.copyOf(findings);
  }

  /** Of a tenant that has no token, or was not asked in time. */
  static TenantHistoryReport unasked(TenantSettings tenant, Answered token, Finding why) {
    return new TenantHistoryReport(
        tenant, token, Answered.UNKNOWN, Answered.UNKNOWN, Optional.empty(), List.of(why));
  }
}
