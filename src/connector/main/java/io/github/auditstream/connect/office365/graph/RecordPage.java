package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.MalformedAnswerException;
import io.github.auditstream.connect.office365.http.Body;
import io.github.auditstream.connect.office365.http.BoundedInputStream;
import io.github.auditstream.connect.office365.http.OwnHost;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of records while it arrives. It holds one record at a time, whatever the page's size. One
 * thread reads; any thread may close it, which ends a read under way.
 */
public final class RecordPage implements Closeable {
  /** Beyond every page: a body without end must come to one. */
  static final long LONGEST_BYTES = 4L * 1024 * 1024 * 1024;

  private final Body body;
  private final GraphCall call;
  private final OwnHost host;
  private final PageReader reader;
  private @Nullable BrokenPageException broken;
  private boolean begun;
  private boolean ended;
  private long records;
  private Optional<URI> nextPage = Optional.empty();

  RecordPage(Body body, GraphCall call, OwnHost host, int largestRecordBytes) {
    this.body = body;
    this.call = call;
    this.host = host;
    this.reader = new PageReader(new BoundedInputStream(body, LONGEST_BYTES), largestRecordBytes);
  }

  /**
   * The next record, or null once the page has been read to its true end, and holds as many records
   * as it says ({@code @odata.count}, which counts those of the page).
   *
   * @throws BrokenPageException if the page is not whole; thrown again by every later call
   * @throws InterruptedIOException if the thread is interrupted, whose flag is left as it is
   */
  public @Nullable AuditLogRecord next() throws BrokenPageException, InterruptedIOException {
    if (broken != null) {
      throw broken;
    }
    if (ended) {
      return null;
    }
    try {
      if (!begun) {
        QueryReader.expectObject(body);
        begun = true;
      }
      if (reader.next()) {
        return RecordReader.read(records++, reader.text(), reader.textBytes());
      }
      end();
      return null;
    } catch (MalformedAnswerException e) {
      throw broken(
          call.failed(ApiOutcome.Kind.MALFORMED, 200, "", e.reason() + ".", Optional.empty()));
    } catch (BoundedInputStream.TooLongException e) {
      throw broken(
          call.failed(
              ApiOutcome.Kind.MALFORMED,
              200,
              "",
              "the page is longer than " + LONGEST_BYTES + " bytes.",
              Optional.empty()));
    } catch (IOException e) {
      if (e instanceof InterruptedIOException interrupted
          && Thread.currentThread().isInterrupted()) {
        throw interrupted;
      }
      throw broken(call.broken(200, e));
    }
  }

  private void end() throws MalformedAnswerException {
    Optional<Long> count = reader.count();
    if (count.isPresent() && count.get() != records) {
      throw new MalformedAnswerException(
          "the page holds "
              + records
              + " records and says that it holds "
              + count.get()
              + " (@odata.count). It is asked again later");
    }
    nextPage = NextLink.of(reader.nextLink(), call, host);
    ended = true;
  }

  /** How many records were read so far, refused ones too. */
  public long records() {
    return records;
  }

  /**
   * The address of the next page, at the configured Graph host; empty on the last. An empty page
   * can have a next one.
   *
   * @throws IllegalStateException before the page has been read to its end
   */
  public Optional<URI> nextPage() {
    if (!ended) {
      throw new IllegalStateException("the page has not been read to its end");
    }
    return nextPage;
  }

  @Override
  public void close() throws IOException {
    body.close();
  }

  private BrokenPageException broken(ApiOutcome.Failed<RecordPage> failure) {
    BrokenPageException thrown = new BrokenPageException(failure);
    broken = thrown;
    return thrown;
  }
}
