package io.github.auditstream.connect.office365.simulator;

import java.time.Duration;
import java.util.Optional;

/** The operation {@code /audit/{contentId}}. */
final class BlobEndpoint {
  /** A request can be on its way while the blob expires. */
  private static final Duration FORGIVEN = Duration.ofSeconds(5);

  private final World world;

  BlobEndpoint(World world) {
    this.world = world;
  }

  /** The blob that the path means, even where it is not written as it was listed. */
  Optional<PublishedBlob> find(Call call) {
    return world.blob(call.contentId()).or(() -> world.blob(Call.decode(call.contentId())));
  }

  Answer retrieve(Call call, SimulatedTenant tenant, Optional<PublishedBlob> found) {
    if (found.isEmpty()) {
      breach(Rule.UNKNOWN_BLOB, call + " asks for a blob that was never listed");
      return Answer.afError(404, "AF20050", AfErrors.message("AF20050"));
    }
    PublishedBlob blob = found.get();
    if (!blob.tenant().equals(tenant.id())) {
      breach(Rule.BLOB_OF_ANOTHER_TENANT, call + " asks for a blob of tenant " + blob.tenant());
      return Answer.afError(404, "AF20050", AfErrors.message("AF20050"));
    }
    if (!call.path().equals(blob.contentUri().getRawPath())) {
      breach(Rule.CONTENT_URI_ALTERED, call + " was listed as " + blob.contentUri());
      return AfErrors.badRequest("AF20052");
    }
    switch (tenant.subscriptions().state(blob.contentType())) {
      case NONE -> {
        return AfErrors.badRequest("AF20022");
      }
      case DISABLED -> {
        return AfErrors.badRequest("AF20023");
      }
      case ENABLED -> {}
    }
    if (!call.at().isBefore(blob.contentExpiration())) {
      if (call.at().isAfter(blob.contentExpiration().plus(FORGIVEN))) {
        breach(
            Rule.EXPIRED_BLOB,
            call + " arrived at " + call.at() + ", expired at " + blob.contentExpiration());
      }
      return AfErrors.badRequest("AF20051");
    }
    return Answer.payload(world.bodies().payload(blob));
  }

  private void breach(Rule rule, String sentence) {
    world.breaches().add(rule, sentence);
  }
}
