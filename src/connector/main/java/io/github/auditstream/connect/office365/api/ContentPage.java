package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.model.ContentBlob;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One page of a content listing.
 *
 * @param blobs in the order listed
 * @param refused entries that describe no content blob, in the order listed
 * @param nextPage the address in the answer's {@code NextPageUri} header, already checked to be the
 *     configured management host; empty on the last page
 */
public record ContentPage(
    List<ContentBlob> blobs, List<RefusedEntry> refused, Optional<URI> nextPage) {
  public ContentPage {
    blobs = List.copyOf(blobs);
    refused = List.copyOf(refused);
  }

  /** A page of which every entry is a content blob. */
  public ContentPage(List<ContentBlob> blobs, Optional<URI> nextPage) {
    this(blobs, List.of(), nextPage);
  }
}
