package io.github.auditstream.connect.office365.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** One scripted answer: a good one by default. */
public final class Reply {
  private final int status;
  private final String headers;
  private final byte[] body;
  private final Framing framing;
  private final int sentBytes;
  private final Ending ending;

  private Reply(
      int status, String headers, byte[] body, Framing framing, int sentBytes, Ending ending) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.framing = framing;
    this.sentBytes = sentBytes;
    this.ending = ending;
  }

  public enum Framing {
    LENGTH,
    CHUNKED
  }

  /** What follows when {@code sentBytes} of the body are sent. */
  public enum Ending {
    /** The next request is awaited on the same connection. */
    KEPT,
    /** The connection ends in good order, however much is missing. */
    CUT,
    /** The connection is reset. */
    RESET,
    /** Nothing comes any more, and the connection stays open. */
    STALLED,
    /** What is missing comes a byte at a time. */
    DRIPPED
  }

  private static final int CHUNK_BYTES = 1000;

  public static Reply json(int status, String text) {
    return new Reply(
        status,
        "Content-Type: application/json; charset=utf-8\r\n",
        text.getBytes(StandardCharsets.UTF_8),
        Framing.LENGTH,
        Integer.MAX_VALUE,
        Ending.KEPT);
  }

  public static Reply error(int status, String code) {
    return json(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"secret words\"}}");
  }

  public static Reply html(int status) {
    return json(status, "<!DOCTYPE html><html><body>secret words</body></html>");
  }

  public Reply header(String name, String value) {
    return new Reply(
        status, headers + name + ": " + value + "\r\n", body, framing, sentBytes, ending);
  }

  public Reply body(byte[] bytes) {
    return new Reply(status, headers, bytes, framing, sentBytes, ending);
  }

  public Reply gzip() {
    return body(gzipped(body));
  }

  public Reply chunked() {
    return new Reply(status, headers, body, Framing.CHUNKED, sentBytes, ending);
  }

  public Reply after(int bytes, Ending then) {
    return new Reply(status, headers, body, framing, bytes, then);
  }

  public static byte[] gzipped(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Whether the connection can be used again. */
  boolean send(Socket connection, ScriptedServer server) throws IOException {
    OutputStream out = connection.getOutputStream();
    String length =
        framing == Framing.LENGTH ? "Content-Length: " + body.length : "Transfer-Encoding: chunked";
    String head = "HTTP/1.1 " + status + " Words\r\n" + headers + length + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    int sent = Math.min(sentBytes, body.length);
    write(out, sent == body.length ? body : Arrays.copyOf(body, sent));
    out.flush();
    switch (ending) {
      case KEPT -> end(out);
      case CUT -> connection.close();
      case RESET -> {
        connection.setSoLinger(true, 0);
        connection.close();
      }
      case STALLED -> pause(server, Long.MAX_VALUE);
      case DRIPPED -> {
        for (int i = sent; i < body.length && !pause(server, 20); i++) {
          write(out, new byte[] {body[i]});
          out.flush();
        }
        end(out);
      }
    }
    return ending == Ending.KEPT || ending == Ending.DRIPPED;
  }

  private void write(OutputStream out, byte[] part) throws IOException {
    if (framing == Framing.LENGTH) {
      out.write(part);
      return;
    }
    for (int from = 0; from < part.length; from += CHUNK_BYTES) {
      int size = Math.min(CHUNK_BYTES, part.length - from);
      out.write((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(part, from, size);
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void end(OutputStream out) throws IOException {
    if (framing == Framing.CHUNKED) {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.flush();
  }

  private static boolean pause(ScriptedServer server, long millis) {
    try {
      return server.closing().await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
