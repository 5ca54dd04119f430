package io.github.auditstream.connect.office365.api;

import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What the server answered. Whoever holds it reads the body to its end or closes it.
 *
 * @param status the HTTP status
 * @param headers looked up without regard to case
 * @param body decoded, while it arrives
 */
record Answer(int status, HttpHeaders headers, Body body) {

  /**
   * The address of the next page. The reference calls the header {@code NextPageUri}; its case
   * varies.
   */
  Optional<String> nextPage() {
    return headers.allValues("NextPageUri").stream().filter(text -> !text.isBlank()).findFirst();
  }
}
