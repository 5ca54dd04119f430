package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.FeedId;
import java.util.Comparator;

/** A feed as records name it, or what stands for one, such as a tenant's history. */
record FeedName(String tenant, String contentType) implements Comparable<FeedName> {
  private static final Comparator<FeedName> ORDER =
      Comparator.comparing(FeedName::tenant).thenComparing(FeedName::contentType);

  static FeedName of(Fields fields) {
    return new FeedName(fields.text("Tenant"), fields.text("ContentType"));
  }

  /**
   * The feed.
   *
   * @throws ToolException if the content type is unknown
   */
  FeedId id() {
    return new FeedId(
        tenant,
        ContentType.find(contentType)
            .orElseThrow(() -> new ToolException(contentType + " is not a known content type")));
  }

  @Override
  public int compareTo(FeedName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return tenant.isEmpty() ? contentType : tenant + "/" + contentType;
  }
}
