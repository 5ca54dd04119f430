package io.github.auditstream.connect.office365.status;

import org.apache.kafka.connect.data.Struct;

/**
 * Which content blob a receipt or dead letter is about; times as the API writes them.
 *
 * @param tenant the tenant's id
 * @param contentType as the API writes it
 */
public record BlobFacts(
    String tenant,
    String contentType,
    String contentId,
    String contentUri,
    String contentCreated,
    String contentExpiration) {

  Struct putInto(Struct struct) {
    struct
        .put("Tenant", tenant)
        .put("ContentType", contentType)
        .put("ContentId", contentId)
        .put("ContentCreated", contentCreated)
        .put("ContentExpiration", contentExpiration);
    return struct.schema().field("ContentUri") == null
        ? struct
        : struct.put("ContentUri", contentUri);
  }
}
