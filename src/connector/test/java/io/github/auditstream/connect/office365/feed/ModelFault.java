package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.ApiOutcome.Kind;
import java.time.Duration;
import java.util.Optional;

/** What can be wrong with an answer. */
enum ModelFault {
  THROTTLED(Kind.THROTTLED, 403, "AF429"),
  THROTTLED_FOR_FIVE_MINUTES(Kind.THROTTLED, 429, "429"),
  UNAVAILABLE(Kind.UNAVAILABLE, 503, ""),
  UNAUTHORISED(Kind.UNAUTHORISED, 401, ""),
  FORBIDDEN(Kind.FORBIDDEN, 403, "AF10001"),
  MALFORMED(Kind.MALFORMED, 200, ""),
  BAD_REQUEST(Kind.BAD_REQUEST, 400, "AF20052"),
  GONE(Kind.GONE, 404, "AF20050"),
  PAGE_EXPIRED(Kind.BAD_REQUEST, 400, "AF20031"),
  NOT_SUBSCRIBED(Kind.NOT_SUBSCRIBED, 400, "AF20022"),
  WINDOW_REFUSED(Kind.BAD_REQUEST, 400, "AF20030"),
  EXPIRED(Kind.EXPIRED, 400, "AF20051"),
  /** The connection breaks in mid-body. */
  CUT_OFF(Kind.UNAVAILABLE, 200, ""),
  /** The body ends too early, as if it were whole. */
  CUT_SHORT(Kind.MALFORMED, 200, "");

  private final Kind kind;
  private final int status;
  private final String code;

  ModelFault(Kind kind, int status, String code) {
    this.kind = kind;
    this.status = status;
    this.code = code;
  }

  boolean isInBody() {
    return this == CUT_OFF || this == CUT_SHORT;
  }

  Optional<Duration> serverAsks() {
    return this == THROTTLED_FOR_FIVE_MINUTES
        ? Optional.of(Duration.ofMinutes(5))
        : Optional.empty();
  }

  <T> ApiOutcome.Failed<T> failure() {
    return new ApiOutcome.Failed<>(kind, status, code, "the model says " + this, serverAsks());
  }
}
