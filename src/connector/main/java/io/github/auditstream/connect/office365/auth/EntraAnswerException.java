package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.http.TimeHeaders;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An answer of the token endpoint other than 200. It passes through MSAL as it is: what MSAL would
 * make of such an answer quotes it, and goes to the log.
 */
final class EntraAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Optional<AnswerJson> answer;
  private final transient Optional<Duration> retryAfter;

  private EntraAnswerException(
      int status, Optional<AnswerJson> answer, Optional<Duration> retryAfter) {
    super("the token endpoint answered " + status);
    this.status = status;
    this.answer = answer;
    this.retryAfter = retryAfter;
  }

  static EntraAnswerException of(int status, HttpHeaders headers, String body, Clock clock) {
    return new EntraAnswerException(
        status, AnswerJson.read(body), TimeHeaders.retryAfter(headers, clock));
  }

  int status() {
    return status;
  }

  /** The OAuth error, for example {@code invalid_client}; empty if the answer is not Entra ID's. */
  Optional<String> error() {
    return answer.flatMap(AnswerJson::error);
  }

  /** The numbers of the {@code AADSTS} codes, in their order. */
  List<Integer> codes() {
    return answer.map(AnswerJson::codes).orElse(List.of());
  }

  Optional<UUID> correlationId() {
    return answer.flatMap(AnswerJson::correlationId);
  }

  /** How long the server wants to be left alone, an hour at most. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
