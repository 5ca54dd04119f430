package io.github.auditstream.connect.office365.simulator;

import java.util.Set;

/** Application permissions of the API "Office 365 Management APIs" and of Microsoft Graph. */
public enum Permission {
  READ("ActivityFeed.Read", Resource.MANAGEMENT),
  READ_DLP("ActivityFeed.ReadDlp", Resource.MANAGEMENT),
  /** Audit log queries for all services. */
  QUERY("AuditLogsQuery.Read.All", Resource.GRAPH),
  QUERY_EXCHANGE("AuditLogsQuery-Exchange.Read.All", "Exchange"),
  QUERY_SHAREPOINT("AuditLogsQuery-SharePoint.Read.All", "SharePoint"),
  QUERY_ONEDRIVE("AuditLogsQuery-OneDrive.Read.All", "OneDrive"),
  QUERY_ENTRA("AuditLogsQuery-Entra.Read.All", "AzureActiveDirectory"),
  QUERY_ENDPOINT("AuditLogsQuery-Endpoint.Read.All", "Endpoint"),
  QUERY_CRM("AuditLogsQuery-CRM.Read.All", "CRM"),
  /** Entra ID's own logs; people consent to it by mistake, and it opens no audit log query. */
  AUDIT_LOG("AuditLog.Read.All", Resource.GRAPH);

  /** What an administrator who followed the documentation has consented to. */
  static final Set<Permission> USUAL = Set.of(READ, READ_DLP, QUERY);

  private final String role;
  private final Resource resource;
  private final String workload;

  Permission(String role, Resource resource) {
    this(role, resource, "");
  }

  Permission(String role, String workload) {
    this(role, Resource.GRAPH, workload);
  }

  Permission(String role, Resource resource, String workload) {
    this.role = role;
    this.resource = resource;
    this.workload = workload;
  }

  /** The name as it is in a token's roles. */
  public String role() {
    return role;
  }

  Resource resource() {
    return resource;
  }

  /** The workload whose events it lets queries find; empty text for other permissions. */
  String workload() {
    return workload;
  }
}
