package io.github.auditstream.connect.office365.config;

import io.github.auditstream.connect.office365.model.ContentType;
import java.util.Comparator;

/**
 * One feed: a tenant and a content type. Ordered by alias, then by the content types' order.
 *
 * @param tenantAlias the configuration's name for the tenant
 * @param contentType what the feed lists
 */
public record FeedKey(String tenantAlias, ContentType contentType) implements Comparable<FeedKey> {
  private static final Comparator<FeedKey> ORDER =
      Comparator.comparing(FeedKey::tenantAlias).thenComparing(FeedKey::contentType);

  @Override
  public int compareTo(FeedKey other) {
    return ORDER.compare(this, other);
  }

  /** As a task's configuration lists it, for example {@code contoso:Audit.Exchange}. */
  @Override
  public String toString() {
    return tenantAlias + ":" + contentType.apiName();
  }
}
