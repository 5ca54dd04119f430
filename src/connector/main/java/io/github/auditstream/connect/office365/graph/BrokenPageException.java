package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.api.ApiOutcome;

/**
 * A page of records broke off, or is none. What was read of it may come again, and counts only
 * together with the rest: the page is to be read anew.
 */
public final class BrokenPageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ApiOutcome.Failed<RecordPage> failure;
  private final boolean circle;

  BrokenPageException(ApiOutcome.Failed<RecordPage> failure) {
    this(failure, false);
  }

  BrokenPageException(ApiOutcome.Failed<RecordPage> failure, boolean circle) {
    super(failure.reason());
    this.failure = failure;
    this.circle = circle;
  }

  /** What to act on, as if the request had failed. */
  public ApiOutcome.Failed<RecordPage> failure() {
    return failure;
  }

  /** Whether the pages come to no end: they are to be read from the first again. */
  public boolean isCircle() {
    return circle;
  }
}
