package io.github.auditstream.connect.office365.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
      "global",
      "https://manage.office.com",
      "https://login.microsoftonline.com",
      "https://graph.microsoft.com"),
  GCC(
      "gcc",
      "https://manage-gcc.office.com",
      "https://login.microsoftonline.com",
      "https://graph.microsoft.com"),
  GCC_HIGH(
      "gcc-high",
      "https://manage.office365.us",
      "https://login.microsoftonline.us",
      "https://graph.microsoft.us"),
  DOD(
      "dod",
      "https://manage.protection.apps.mil",
      "https://login.microsoftonline.us",
      "https://dod-graph.microsoft.us"),
  /** The management host is known from practice only; Microsoft's reference does not list it. */
  CHINA(
      "china",
      "https://manage.office365.cn",
      "https://login.partner.microsoftonline.cn",
      "https://microsoftgraph.chinacloudapi.cn"),
  CUSTOM("custom");

  private final String text;
  private final String management;
  private final String authority;
  private final String graph;

  Cloud(String text, String management, String authority, String graph) {
    this.text = text;
    this.management = management;
    this.authority = authority;
    this.graph = graph;
  }

  Cloud(String text) {
    this(text, "", "", "");
  }

  /** As the configuration writes it. */
  String text() {
    return text;
  }

  /** The hosts; empty for {@link #CUSTOM}. */
  Optional<CloudEndpoints> endpoints() {
    return management.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CloudEndpoints(URI.create(management), URI.create(authority), URI.create(graph)));
  }

  static List<String> texts() {
    return Stream.of(values()).map(Cloud::text).toList();
  }

  static Cloud of(String text) {
    return Stream.of(values()).filter(cloud -> cloud.text.equals(text)).findFirst().orElseThrow();
  }
}
