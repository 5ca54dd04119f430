package io.github.auditstream.connect.office365.model;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The content types of the Management Activity API. The reference page documents these five and no
 * others.
 *
 * @see <a
 *     href="https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-reference">
 *     Office 365 Management Activity API reference</a>
 */
public enum ContentType {
  AZURE_ACTIVE_DIRECTORY("Audit.AzureActiveDirectory"),
  EXCHANGE("Audit.Exchange"),
  SHAREPOINT("Audit.SharePoint"),
  GENERAL("Audit.General"),
  DLP("DLP.All");

  private final String apiName;

  ContentType(String apiName) {
    this.apiName = apiName;
  }

  /** The name as the API writes it, for example {@code Audit.Exchange}. */
  public String apiName() {
    return apiName;
  }

  /** Finds the content type with exactly this API name. */
  public static Optional<ContentType> find(String apiName) {
    return Stream.of(values()).filter(type -> type.apiName.equals(apiName)).findFirst();
  }

  @Override
  public String toString() {
    return apiName;
  }
}
