package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.api.ApiOutcome;

/**
 * A page of records broke off, or is none. What was read of it may come again, and counts only
 * together with the rest: the page is to be read anew.
 */
public final class BrokenPageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ApiOutcome.Failed<RecordPage> failure;

  BrokenPageException(ApiOutcome.Failed<RecordPage> failure) {
    super(failure.reason());
    this.failure = failure;
  }

  /** What to act on, as if the request had failed. */
  public ApiOutcome.Failed<RecordPage> failure() {
    return failure;
  }
}
