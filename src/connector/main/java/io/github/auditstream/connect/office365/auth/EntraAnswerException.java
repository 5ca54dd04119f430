package io.github.auditstream.connect.office365.auth;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An answer of the token endpoint other than 200. It passes through MSAL as it is: what MSAL would
 * make of such an answer quotes it, and goes to the log.
 */
final class EntraAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A server that asks for more is asked again all the same, as the API is. */
  private static final Duration LONGEST_HEEDED = Duration.ofHours(1);

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

  static EntraAnswerException of(int status, HttpHeaders headers, String body) {
    return new EntraAnswerException(status, AnswerJson.read(body), retryAfter(headers));
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

  /** In seconds or as a date (RFC 9110, 10.2.3); a date counts from the answer's own. */
  private static Optional<Duration> retryAfter(HttpHeaders headers) {
    return headers
        .firstValue("Retry-After")
        .map(String::strip)
        .flatMap(
            text ->
                text.matches("\\d{1,9}")
                    ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                    : instant(text)
                        .flatMap(
                            until ->
                                headers
                                    .firstValue("Date")
                                    .flatMap(EntraAnswerException::instant)
                                    .map(now -> Duration.between(now, until))))
        .filter(wait -> !wait.isNegative())
        .map(wait -> wait.compareTo(LONGEST_HEEDED) < 0 ? wait : LONGEST_HEEDED);
  }

  private static Optional<Instant> instant(String httpDate) {
    try {
      return Optional.of(
          ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
