package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.feed.tenant.FeedActivity;
import io.github.auditstream.connect.office365.feed.tenant.FeedHealth;
import io.github.auditstream.connect.office365.model.FeedId;

/** What retrieving a blob needs of its feed. Safe for many threads. */
public interface RetrievalHost {
  FeedId id();

  FeedHealth health();

  FeedActivity activity();

  /** Whether the blob's records leave next. */
  boolean isHead(BlobFetch fetch);
}
