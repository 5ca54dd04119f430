package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.BlobBody;
import io.github.auditstream.connect.office365.event.BrokenBlobException;
import io.github.auditstream.connect.office365.model.FeedId;
import java.io.IOException;
import java.util.Optional;

/**
 * The failures to read a blob that are not answers of the API.
 *
 * @param feed the blob's
 * @param fetch of the blob
 */
record BlobFailures(FeedId feed, BlobFetch fetch) {

  ApiOutcome.Failed<BlobBody> expired() {
    return failure(
        ApiOutcome.Kind.EXPIRED,
        "the blob expired at " + fetch.blob().contentExpiration() + " before it could be read");
  }

  ApiOutcome.Failed<BlobBody> broken(BrokenBlobException e) {
    return failure(
        ApiOutcome.Kind.MALFORMED,
        "the body is not a whole JSON array of events: "
            + e.getMessage()
            + ", at element "
            + fetch.nextIndex());
  }

  ApiOutcome.Failed<BlobBody> changed() {
    return failure(
        ApiOutcome.Kind.MALFORMED,
        "the blob is not as it was when its dead letters were written, so that the elements to"
            + " replay cannot be found");
  }

  ApiOutcome.Failed<BlobBody> cutOff(IOException e) {
    return failure(
        ApiOutcome.Kind.UNAVAILABLE,
        "the connection broke while the body arrived (" + e.getClass().getSimpleName() + ")");
  }

  ApiOutcome.Failed<BlobBody> internal(RuntimeException e) {
    return failure(
        ApiOutcome.Kind.MALFORMED,
        "a bug in the connector kept it from reading the blob ("
            + e.getClass().getName()
            + "); please report it");
  }

  private ApiOutcome.Failed<BlobBody> failure(ApiOutcome.Kind kind, String what) {
    return new ApiOutcome.Failed<>(
        kind,
        kind == ApiOutcome.Kind.EXPIRED ? 0 : 200,
        "",
        "Tenant "
            + feed.tenant()
            + ", "
            + feed.contentType()
            + ", blob "
            + fetch.blob().contentId()
            + ": "
            + what,
        Optional.empty());
  }
}
