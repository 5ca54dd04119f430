package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.http.ConnectionFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * How a request ended: a value of a closed set, never an exception.
 *
 * @param <T> what a successful answer holds
 */
public sealed interface ApiOutcome<T> {

  /** What the caller can act on. */
  enum Kind {
    /** Too many requests: wait, then the same request again. */
    THROTTLED,
    /** No valid token, also after a fresh one was tried; or Entra ID gave none. */
    UNAUTHORISED,
    /** The application may not read this. */
    FORBIDDEN,
    /** No subscription for the content type, or a disabled one. */
    NOT_SUBSCRIBED,
    /** The content is older than the API keeps it. */
    EXPIRED,
    /** The content does not exist (now). */
    GONE,
    /** The request itself is refused and must not be repeated unchanged. */
    BAD_REQUEST,
    /** The service, or the way to it, has an outage. */
    UNAVAILABLE,
    /** A successful answer that is not what the API documents, or an address of another host. */
    MALFORMED
  }

  /** The answer. */
  record Ok<T>(T value) implements ApiOutcome<T> {}

  /**
   * No answer.
   *
   * @param kind what to act on
   * @param status the HTTP status; 0 where no answer came
   * @param code the {@code AF} or {@code AADSTS} code, or {@code 429}, or {@code
   *     DataServiceException} where auditing is off; empty text where there was none
   * @param reason cause and fix in words, without secrets or personal data
   * @param serverAsks how long the server asks to wait
   * @param connectionFailure why no answer came or it broke off
   */
  record Failed<T>(
      Kind kind,
      int status,
      String code,
      String reason,
      Optional<Duration> serverAsks,
      Optional<ConnectionFailure> connectionFailure)
      implements ApiOutcome<T> {

    /** A failure that is the answer's own. */
    public Failed(
        Kind kind, int status, String code, String reason, Optional<Duration> serverAsks) {
      this(kind, status, code, reason, serverAsks, Optional.empty());
    }

    /** The same failure where another type of answer was hoped for. */
    public <U> Failed<U> as() {
      return new Failed<>(kind, status, code, reason, serverAsks, connectionFailure);
    }
  }
}
