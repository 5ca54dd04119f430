package io.github.auditstream.connect.office365.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What can go wrong with one request. A closed set; each fault belongs to a moment: the answer is
 * replaced, the listing is altered, the body is altered, or the way it is sent is disturbed. Faults
 * of different moments can meet on one request.
 */
public sealed interface Fault {

  /** What it is, in a few words. */
  String label();

  /** Another answer in place of the right one. */
  record Instead(String label, Answer answer) implements Fault {}

  /** A redirect. */
  record Redirect(boolean elsewhere, int status) implements Fault {
    @Override
    public String label() {
      return "redirect " + status + (elsewhere ? " to another host" : " to the same host");
    }
  }

  /** A list of content that is not right. */
  enum Listing implements Fault {
    PAGE_LOST("the next page's address is left out"),
    PAGE_REPEATED("the next page is this page again"),
    PAGE_ELSEWHERE("the next page is on another host"),
    PAGE_IN_PLAIN_HTTP("the next page's address is http"),
    /** Of Graph's lists alone, as is the next. */
    PAGE_EMPTY("an empty page, and the next page is this page"),
    FIRST_PAGE_NEXT("the next page is the first page again"),
    BLOBS_ELSEWHERE("contentUri points at another host"),
    BLOBS_IN_PLAIN_HTTP("contentUri is http");

    private final String label;

    Listing(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }
  }

  /** The header that leads to the next page is written otherwise. */
  record NextPageHeader(String name) implements Fault {
    @Override
    public String label() {
      return "next page header named " + name;
    }
  }

  /** A body that is not right, with the right status. */
  record Body(String label, String contentType, UnaryOperator<byte[]> change) implements Fault {}

  /** The body's bytes are announced as gzip but are not. */
  record NotGzip(String label) implements Fault {}

  /** The body comes as it is, though the client takes gzip. */
  record NoGzip(String label) implements Fault {}

  /** How a body that is cut short is framed. */
  enum Framing {
    /** Content-Length names the whole; the connection ends early. */
    CONTENT_LENGTH,
    /** Chunked; the connection ends without the last chunk. */
    CHUNKED,
    /** The HTTP message is complete and the text in it is not. */
    COMPLETE,
    /** Content-Length names the whole; the connection is reset. */
    RESET
  }

  /**
   * The body ends early.
   *
   * @param bytes how many are sent, counted as they are on the wire (gzip where it is used)
   */
  record Cut(int bytes, Framing framing) implements Fault {
    @Override
    public String label() {
      return "body cut after " + bytes + " bytes, " + framing;
    }
  }

  /** The connection ends before any header, in good order or reset. */
  record NoAnswer(boolean reset) implements Fault {
    @Override
    public String label() {
      return reset ? "connection reset" : "connection closed before headers";
    }
  }

  /** The status line, and then one header after another without end. */
  record HeadersWithoutEnd(Duration every) implements Fault {
    @Override
    public String label() {
      return "a header every " + every + " without end";
    }
  }

  /** A pause before the headers. */
  record Delay(Duration duration) implements Fault {
    @Override
    public String label() {
      return "headers after " + duration;
    }
  }

  /** The body in small pieces with pauses. */
  record Drip(int bytes, Duration every) implements Fault {
    @Override
    public String label() {
      return bytes + " bytes every " + every;
    }
  }

  /** The {@code Date} header is off. */
  record DateSkew(Duration skew) implements Fault {
    @Override
    public String label() {
      return "Date off by " + skew;
    }
  }

  /** An error in the API's own shape, for example {@code afError(403, "AF429")}. */
  static Fault afError(int status, String code) {
    return new Instead(status + " " + code, Answer.afError(status, code, AfErrors.message(code)));
  }

  /** An error in the API's own shape that asks to come back later. */
  static Fault afError(int status, String code, Duration retryAfter) {
    return new Instead(
        status + " " + code + " with Retry-After",
        Answer.afError(status, code, AfErrors.message(code))
            .withHeader("Retry-After", Long.toString(retryAfter.toSeconds())));
  }

  /** Any status, headers and body. */
  static Fault answer(int status, Map<String, String> headers, String body) {
    return new Instead(
        "status " + status,
        new Answer(status, "", headers, Payload.of(body.getBytes(StandardCharsets.UTF_8))));
  }

  /** A status with an empty body. */
  static Fault status(int status) {
    return answer(status, Map.of(), "");
  }

  /** The bare {@code 429} in the body that some clients have seen in place of {@code AF429}. */
  static Fault bare429(int status) {
    return new Instead(
        status + " with code 429",
        Answer.afError(status, "429", "Too many requests. Please retry later."));
  }

  /** The bare {@code 429} that asks to come back later. */
  static Fault bare429(int status, Duration retryAfter) {
    return new Instead(
        status + " with code 429 and Retry-After",
        Answer.afError(status, "429", "Too many requests. Please retry later.")
            .withHeader("Retry-After", Long.toString(retryAfter.toSeconds())));
  }

  /**
   * An error of the token endpoint.
   *
   * @param error the OAuth error, for example {@code invalid_client}
   * @param aadsts the number after {@code AADSTS}
   */
  static Fault tokenError(int status, String error, int aadsts, String text) {
    return new Instead(status + " AADSTS" + aadsts, EntraErrors.error(status, error, aadsts, text));
  }

  /** The page's token has run out: {@code AF20031}. */
  static Fault pageTokenExpired() {
    return afError(400, "AF20031");
  }

  static Fault redirectToSameHost() {
    return new Redirect(false, 302);
  }

  static Fault redirectElsewhere() {
    return new Redirect(true, 307);
  }

  static Fault pageLost() {
    return Listing.PAGE_LOST;
  }

  static Fault pageRepeated() {
    return Listing.PAGE_REPEATED;
  }

  static Fault nextPageElsewhere() {
    return Listing.PAGE_ELSEWHERE;
  }

  static Fault nextPageInPlainHttp() {
    return Listing.PAGE_IN_PLAIN_HTTP;
  }

  static Fault blobsElsewhere() {
    return Listing.BLOBS_ELSEWHERE;
  }

  static Fault blobsInPlainHttp() {
    return Listing.BLOBS_IN_PLAIN_HTTP;
  }

  static Fault nextPageHeaderNamed(String name) {
    return new NextPageHeader(name);
  }

  static Fault closed() {
    return new NoAnswer(false);
  }

  static Fault reset() {
    return new NoAnswer(true);
  }

  /** The connection ends after some bytes of a body whose length was announced. */
  static Fault cutAfter(int bytes) {
    return new Cut(bytes, Framing.CONTENT_LENGTH);
  }

  static Fault cutAfter(int bytes, Framing framing) {
    return new Cut(bytes, framing);
  }

  /** The connection is reset after some bytes of a body whose length was announced. */
  static Fault resetAfter(int bytes) {
    return new Cut(bytes, Framing.RESET);
  }

  static Fault headersWithoutEnd(Duration every) {
    return new HeadersWithoutEnd(every);
  }

  static Fault delayed(Duration duration) {
    return new Delay(duration);
  }

  static Fault dripping(int bytes, Duration every) {
    return new Drip(bytes, every);
  }

  static Fault dateOff(Duration skew) {
    return new DateSkew(skew);
  }

  static Fault notGzip() {
    return new NotGzip("Content-Encoding gzip without gzip");
  }

  static Fault noGzip() {
    return new NoGzip("no gzip");
  }

  static Fault emptyBody() {
    return new Body("empty body", Answer.JSON, right -> new byte[0]);
  }

  static Fault byteOrderMark() {
    return new Body(
        "byte order mark",
        Answer.JSON,
        right -> {
          byte[] marked = new byte[right.length + 3];
          marked[0] = (byte) 0xEF;
          marked[1] = (byte) 0xBB;
          marked[2] = (byte) 0xBF;
          System.arraycopy(right, 0, marked, 3, right.length);
          return marked;
        });
  }

  /** A proxy's page with status 200. */
  static Fault html() {
    return new Body(
        "HTML",
        "text/html; charset=utf-8",
        right ->
            ascii(
                "<!DOCTYPE html>\r\n<html><head><title>Sign in</title></head>"
                    + "<body><h1>Please sign in to the proxy</h1></body></html>"));
  }

  /** An error object with status 200 where an array is due. */
  static Fault objectForArray() {
    return new Body(
        "object for array",
        Answer.JSON,
        right -> Answer.toJson(Map.of("error", Map.of("code", "AF50000", "message", ""))));
  }

  /** An element of the array is broken JSON. */
  static Fault brokenElement(int index) {
    return new Body(
        "element " + index + " broken",
        Answer.JSON,
        right -> JsonArrays.withElement(right, index, "{\"Id\": \"broken\", \"Operation\": }"));
  }

  /** An element of the array is something else, which is valid JSON. */
  static Fault element(int index, String json) {
    return new Body(
        "element " + index + " replaced",
        Answer.JSON,
        right -> JsonArrays.withElement(right, index, json));
  }

  /** The array has one more element, its last. */
  static Fault furtherElement(String json) {
    return new Body(
        "further element", Answer.JSON, right -> JsonArrays.withFurtherElement(right, json));
  }

  /** The body is exactly these bytes. */
  static Fault body(byte[] bytes) {
    byte[] copy = bytes.clone();
    return new Body("other bytes", Answer.JSON, right -> copy);
  }

  /** The body is exactly this text in UTF-8. */
  static Fault body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
