package io.github.auditstream.connect.office365.feed.offset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a feed's state costs: the steps from one record to the next and from one blob to the next,
 * and the source offset, which Connect writes once a commit and reads once a start.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SourceOffsetBenchmark {

  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How many content blobs the feed remembers as settled. */
  public enum Memory {
    EMPTY(0),
    TYPICAL(400),
    FULL(20_000);

    private final int blobs;

    Memory(int blobs) {
      this.blobs = blobs;
    }
  }

  @Param public Memory memory;

  private FeedState state;
  private ContentBlob next;
  private Optional<String> eventId;
  private Map<String, Object> read;

  @Setup
  public void remember() {
    state = FeedState.startingAt(START);
    for (int i = 0; i < memory.blobs; i++) {
      // Over a whole day, which is as long as an overlap can get.
      state =
          state.afterSettling(blob(i, Duration.ofDays(1).multipliedBy(i).dividedBy(memory.blobs)));
    }
    next = blob(memory.blobs, Duration.ofHours(12));
    eventId = Optional.of("0f6a1b7c-52ce-4ff1-9a3c-08dbb5d9c7e4");
    state = state.afterRecord(next, 41, eventId, 0);
    read = OffsetFormat.write(state);
  }

  private static ContentBlob blob(int number, Duration age) {
    String contentId =
        String.format(
            Locale.ROOT, "20261121000000%03d%012d$audit_exchange$na0042", number % 1000, number);
    Instant created = START.plus(age);
    return new ContentBlob(
        ContentType.EXCHANGE,
        contentId,
        URI.create(
            "https://manage.office.com/api/v1.0/11111111-2222-3333-4444-555555555555"
                + "/activity/feed/audit/"
                + contentId),
        created,
        created.plus(Duration.ofDays(7)));
  }

  /** Each event: the state behind it, and the offset that nobody looks at. */
  @Benchmark
  public Map<String, Object> afterRecord() {
    return state.afterRecord(next, 42, eventId, 0).toSourceOffset();
  }

  /** Each blob. */
  @Benchmark
  public FeedState afterSettling() {
    return state.afterSettling(next);
  }

  /** Each commit: into the JSON that Connect's offset topic holds. */
  @Benchmark
  public byte[] write() throws JsonProcessingException {
    return JSON.writeValueAsBytes(state.toSourceOffset());
  }

  /** Each start. */
  @Benchmark
  public FeedState read() {
    return OffsetFormat.read(ContentType.EXCHANGE, read);
  }
}
