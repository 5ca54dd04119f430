package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.event.AuditEventMapper;
import io.github.auditstream.connect.office365.event.BlobElement;
import io.github.auditstream.connect.office365.event.BlobReader;
import io.github.auditstream.connect.office365.event.BrokenBlobException;
import io.github.auditstream.connect.office365.event.EventSample;
import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.event.SampleBlob;
import io.github.auditstream.connect.office365.records.LargestEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A body as a fetcher reads it: mapped, counted and digested, with each event's Id. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RetrievedBodyBenchmark {

  private final AuditEventMapper mapper = new AuditEventMapper(new EventSchemas());
  private final LargestEvent largestEvent = new LargestEvent(1_048_576);
  private List<SampleBlob> blobs;

  @Setup
  public void load() {
    blobs = EventSample.load().blobs();
  }

  @Benchmark
  public void read(Blackhole hole) throws IOException, BrokenBlobException {
    for (SampleBlob blob : blobs) {
      CapturedTail tail = new CapturedTail(new ByteArrayInputStream(blob.json()));
      BlobTally tally = new BlobTally();
      try (BlobReader reader = new BlobReader(tail, mapper, blob.origin())) {
        for (BlobElement read = reader.next(); read != null; read = reader.next()) {
          BlobElement element = largestEvent.admit(read, reader::lastElement);
          hole.consume(BlobTally.eventId(read));
          tally.add(element);
          hole.consume(element);
        }
      }
      hole.consume(tally.read(tail.count(), Optional.of(tail.sha256Hex())));
    }
  }
}
