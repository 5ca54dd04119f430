package io.github.auditstream.connect.office365.simulator;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.SelectableChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** Sends answers, and disturbs the sending as its faults require. Never blocks. */
final class AnswerWriter {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final World world;
  private final Scheduler scheduler;

  AnswerWriter(World world, Scheduler scheduler) {
    this.world = world;
    this.scheduler = scheduler;
  }

  /** Sends an answer as it is, and does not count it. */
  void writeRight(Answer answer, Call call, Response response, Callback callback) {
    byte[] body = prepare(answer, call.acceptsGzip(), Duration.ZERO, response);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  /** Sends an answer with its faults, and writes the request down. */
  void write(
      Answer right,
      AppliedFaults faults,
      Call call,
      Request request,
      Response response,
      Callback callback) {
    Answer answer = right;
    for (Fault.Body change : faults.all(Fault.Body.class).toList()) {
      answer =
          answer
              .withBody(change.change().apply(answer.body().plain()))
              .withHeader("Content-Type", change.contentType());
    }
    Answer changed = answer;
    Duration pause =
        faults
            .all(Fault.Delay.class)
            .map(Fault.Delay::duration)
            .reduce(world.behaviour().latency(), Duration::plus);
    Runnable send = () -> send(changed, faults, call, request, response, callback);
    if (pause.isZero()) {
      send.run();
    } else {
      scheduler.schedule(send, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void send(
      Answer answer,
      AppliedFaults faults,
      Call call,
      Request request,
      Response response,
      Callback callback) {
    Optional<Fault.NoAnswer> none = faults.first(Fault.NoAnswer.class);
    world
        .requests()
        .add(
            new ServedRequest(
                call,
                none.isPresent() ? 0 : answer.status(),
                none.isPresent() ? "" : answer.code(),
                faults.labels()));
    if (none.isPresent()) {
      end(request, none.get().reset());
      callback.failed(new EofException("closed by a fault"));
      return;
    }
    Optional<Fault.HeadersWithoutEnd> headers = faults.first(Fault.HeadersWithoutEnd.class);
    if (headers.isPresent()) {
      EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
      header(headers.get(), "HTTP/1.1 200 OK", endPoint, callback);
      return;
    }
    Duration skew =
        faults.first(Fault.DateSkew.class).map(Fault.DateSkew::skew).orElse(Duration.ZERO);
    boolean gzip =
        call.acceptsGzip()
            && faults.first(Fault.NotGzip.class).isEmpty()
            && faults.first(Fault.NoGzip.class).isEmpty();
    byte[] body = prepare(answer, gzip, skew, response);
    if (faults.first(Fault.NotGzip.class).isPresent()) {
      response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
    }
    Optional<PublishedBlob> blob = retrieved(answer, faults, call);
    Optional<Fault.Cut> cut = faults.first(Fault.Cut.class);
    Optional<Fault.Drip> drip = faults.first(Fault.Drip.class);
    if (cut.isPresent()) {
      writeCut(cut.get(), body, request, response, callback);
    } else {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
      if (drip.isPresent()) {
        drip(drip.get(), body, 0, blob, response, callback);
      } else {
        writeLast(ByteBuffer.wrap(body), blob, response, callback);
      }
    }
  }

  private byte[] prepare(Answer answer, boolean gzip, Duration skew, Response response) {
    response.setStatus(answer.status());
    var headers = response.getHeaders();
    headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
    headers.put(HttpHeader.PRAGMA, "no-cache");
    headers.put(HttpHeader.EXPIRES, "-1");
    Instant date = world.now().plus(world.behaviour().clockSkew()).plus(skew);
    headers.put(HttpHeader.DATE, HTTP_DATE.format(date));
    answer.headers().forEach(headers::put);
    if (gzip && answer.status() == 200) {
      headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
      headers.put(HttpHeader.VARY, "Accept-Encoding");
      return answer.body().gzip();
    }
    return answer.body().plain();
  }

  private void writeCut(
      Fault.Cut cut, byte[] body, Request request, Response response, Callback callback) {
    int length = Math.min(cut.bytes(), body.length);
    ByteBuffer part = ByteBuffer.wrap(body, 0, length);
    if (cut.framing() == Fault.Framing.COMPLETE) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
      response.write(true, part, callback);
      return;
    }
    if (cut.framing() != Fault.Framing.CHUNKED) {
      // One more than there is, so that a cut after the last byte is a cut too.
      response
          .getHeaders()
          .put(HttpHeader.CONTENT_LENGTH, length == body.length ? length + 1 : body.length);
    }
    response.write(
        false,
        part,
        Callback.from(
            () -> {
              end(request, cut.framing() == Fault.Framing.RESET);
              callback.failed(new EofException("cut by a fault"));
            },
            callback::failed));
  }

  private void drip(
      Fault.Drip drip,
      byte[] body,
      int from,
      Optional<PublishedBlob> blob,
      Response response,
      Callback callback) {
    int length = Math.min(drip.bytes(), body.length - from);
    ByteBuffer part = ByteBuffer.wrap(body, from, length);
    if (from + length == body.length) {
      writeLast(part, blob, response, callback);
      return;
    }
    Runnable next = () -> drip(drip, body, from + length, blob, response, callback);
    response.write(
        false,
        part,
        Callback.from(
            () -> scheduler.schedule(next, drip.every().toMillis(), TimeUnit.MILLISECONDS),
            callback::failed));
  }

  /** Writes a line past the server's own writing of answers, and another one later, for ever. */
  private void header(
      Fault.HeadersWithoutEnd fault, String line, EndPoint endPoint, Callback callback) {
    Runnable next = () -> header(fault, "X-Further: header", endPoint, callback);
    endPoint.write(
        Callback.from(
            () -> scheduler.schedule(next, fault.every().toMillis(), TimeUnit.MILLISECONDS),
            callback::failed),
        ByteBuffer.wrap((line + "\r\n").getBytes(StandardCharsets.US_ASCII)));
  }

  /** The blob that is retrieved if this body arrives as it is. */
  private Optional<PublishedBlob> retrieved(Answer answer, AppliedFaults faults, Call call) {
    boolean whole =
        faults.all(Fault.Body.class).findAny().isEmpty()
            && faults.first(Fault.NotGzip.class).isEmpty()
            && faults.first(Fault.Cut.class).isEmpty();
    return call.operation() == Operation.RETRIEVE_BLOB && answer.status() == 200 && whole
        ? world.blob(call.contentId())
        : Optional.empty();
  }

  /**
   * Writes the last bytes. A retrieval is counted before, so that whoever has the bytes sees the
   * count, and taken back where they cannot be sent.
   */
  private static void writeLast(
      ByteBuffer bytes, Optional<PublishedBlob> blob, Response response, Callback callback) {
    blob.ifPresent(PublishedBlob::retrieved);
    response.write(
        true,
        bytes,
        Callback.from(
            callback::succeeded,
            failure -> {
              blob.ifPresent(PublishedBlob::notRetrievedAfterAll);
              callback.failed(failure);
            }));
  }

  private static void end(Request request, boolean reset) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    if (!reset) {
      endPoint.close();
      return;
    }
    EndPoint raw =
        endPoint instanceof SslConnection.SslEndPoint ssl
            ? ssl.getSslConnection().getEndPoint()
            : endPoint;
    if (raw instanceof SelectableChannelEndPoint channelEndPoint
        && channelEndPoint.getChannel() instanceof SocketChannel channel) {
      try {
        // Without lingering, close sends a reset.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
      } catch (IOException e) {
        raw.close(e);
      }
    }
    raw.close();
  }
}
