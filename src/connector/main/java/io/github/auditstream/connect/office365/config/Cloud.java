package io.github.auditstream.connect.office365.config;

import java.net.URI;
import java.util.Optional;

/**
 * The Microsoft clouds and their hosts.
 *
 * @see <a
 *     href="https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-reference">
 *     Management hosts</a>
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud">
 *     Login hosts</a>
 * @see <a href="https://learn.microsoft.com/graph/deployments">Graph hosts</a>
 */
enum Cloud {
  GLOBAL(
      "https://manage.office.com",
      "https://login.microsoftonline.com",
      "https://graph.microsoft.com"),
  GCC(
      "https://manage-gcc.office.com",
      "https://login.microsoftonline.com",
      "https://graph.microsoft.com"),
  GCC_HIGH(
      "https://manage.office365.us",
      "https://login.microsoftonline.us",
      "https://graph.microsoft.us"),
  DOD(
      "https://manage.protection.apps.mil",
      "https://login.microsoftonline.us",
      "https://dod-graph.microsoft.us"),
  /** The management host is known from practice only; Microsoft's reference does not list it. */
  CHINA(
      "https://manage.office365.cn",
      "https://login.partner.microsoftonline.cn",
      "https://microsoftgraph.chinacloudapi.cn"),
  CUSTOM("", "", "");

  private final String management;
  private final String authority;
  private final String graph;

  Cloud(String management, String authority, String graph) {
    this.management = management;
    this.authority = authority;
    this.graph = graph;
  }

  /** The hosts; empty for {@link #CUSTOM}. */
  Optional<CloudEndpoints> endpoints() {
    return this == CUSTOM
        ? Optional.empty()
        : Optional.of(
            new CloudEndpoints(URI.create(management), URI.create(authority), URI.create(graph)));
  }
}
