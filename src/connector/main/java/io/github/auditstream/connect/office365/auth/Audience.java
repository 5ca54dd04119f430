package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.config.CloudEndpoints;
import java.net.URI;

/**
 * The API that a token is for. A token of one is never sent to another.
 *
 * @param root the API's root, which is the resource's name, too
 * @param api what the API is called in the portal, with the article where one is due
 * @param permission the application permission that is needed first of all
 */
public record Audience(URI root, String api, String permission) {
  static final String MANAGEMENT_API = "the Office 365 Management APIs";
  static final String MANAGEMENT_PERMISSION = "ActivityFeed.Read";

  /** The Office 365 Management Activity API. */
  public static Audience management(CloudEndpoints cloud) {
    return new Audience(cloud.management(), MANAGEMENT_API, MANAGEMENT_PERMISSION);
  }

  /**
   * Microsoft Graph.
   *
   * @param permission such as {@code AuditLogsQuery.Read.All}
   */
  public static Audience graph(CloudEndpoints cloud, String permission) {
    return new Audience(cloud.graph(), "Microsoft Graph", permission);
  }

  /** All application permissions that the tenant has consented to. */
  String scope() {
    return root + "/.default";
  }

  /** The words for the Management APIs, said of this one. */
  String said(String words) {
    return words
        .replace(MANAGEMENT_API, api)
        .replace("Office 365 Management APIs", api)
        .replace(MANAGEMENT_PERMISSION, permission);
  }
}
