package io.github.auditstream.connect.office365.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One feed: a tenant's content of one type. It is the connector's source partition.
 *
 * @param tenant the tenant's id, a GUID in lower case
 * @param contentType the content type
 */
public record FeedId(String tenant, ContentType contentType) {
  /**
   * Names of the source partition's entries: a contract for ever, since offsets are filed under
   * them.
   */
  public static final String CONTENT_TYPE = "contentType";

  public static final String TENANT = "tenant";

  /**
   * The source partition. Connect files an offset under the map's serialised form, and looks it up
   * for {@code GET /connectors/{name}/offsets} in the order of a {@link java.util.HashMap}, so the
   * entries always stand in that order.
   */
  public Map<String, String> sourcePartition() {
    Map<String, String> partition = new LinkedHashMap<>();
    partition.put(CONTENT_TYPE, contentType.apiName());
    partition.put(TENANT, tenant);
    return Collections.unmodifiableMap(partition);
  }

  @Override
  public String toString() {
    return tenant + "/" + contentType.apiName();
  }
}
