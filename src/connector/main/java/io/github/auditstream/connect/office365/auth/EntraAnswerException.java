package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.http.TimeHeaders;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer of the token endpoint other than 200. It passes through MSAL as it is: what MSAL would
 * make of such an answer quotes it, and goes to the log.
 */
final class EntraAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient AnswerJson answer;
  private final transient Optional<Duration> retryAfter;

  EntraAnswerException(int status, HttpHeaders headers, String body, Clock clock) {
    super("the token endpoint answered " + status);
    this.status = status;
    this.answer = AnswerJson.read(body).orElse(AnswerJson.NOTHING);
    this.retryAfter = TimeHeaders.retryAfter(headers, clock);
  }

  int status() {
    return status;
  }

  /** What it says; nothing if it is not Entra ID's. */
  AnswerJson answer() {
    return answer;
  }

  /** How long the server wants to be left alone, an hour at most. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
