package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.api.MalformedAnswerException;
import io.github.auditstream.connect.office365.http.OwnHost;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Checks {@code @odata.nextLink}, which is absolute and opaque. */
final class NextLink {
  /** What common servers take in a request line. */
  private static final int LONGEST = 8_000;

  private NextLink() {}

  /**
   * The address of the next page.
   *
   * @param call what the page at hand was asked with
   * @throws MalformedAnswerException if it is not at the one host, or is the page at hand
   */
  static Optional<URI> of(Optional<String> text, GraphCall call, OwnHost host)
      throws MalformedAnswerException {
    if (text.isEmpty() || text.get().isBlank()) {
      return Optional.empty();
    }
    if (text.get().length() > LONGEST) {
      throw new MalformedAnswerException(
          "the @odata.nextLink has " + text.get().length() + " characters");
    }
    URI next;
    try {
      next = new URI(text.get().strip());
    } catch (URISyntaxException e) {
      // Its message quotes the text.
      throw new MalformedAnswerException("the @odata.nextLink is no URI");
    }
    if (!host.is(next)) {
      throw new MalformedAnswerException("the @odata.nextLink is refused: " + host.refusal(next));
    }
    if (next.equals(call.uri())) {
      throw new MalformedAnswerException(
          "the @odata.nextLink leads to the same page again. It is asked again later");
    }
    return Optional.of(next);
  }
}
