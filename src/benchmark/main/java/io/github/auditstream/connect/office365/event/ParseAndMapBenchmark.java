package io.github.auditstream.connect.office365.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Blob bodies into Structs, and Jackson doing no more than skip through them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParseAndMapBenchmark {

  private final JsonFactory jackson = new JsonFactory();
  private final AuditEventMapper mapper = new AuditEventMapper(new EventSchemas());
  private List<SampleBlob> blobs;

  @Setup
  public void load() {
    blobs = EventSample.load().blobs();
  }

  /** The floor: the same bytes, token by token, and nothing made of them. */
  @Benchmark
  public long jacksonSkips() throws IOException {
    long tokens = 0;
    for (SampleBlob blob : blobs) {
      try (JsonParser parser = jackson.createParser(blob.json())) {
        while (parser.nextToken() != null) {
          tokens++;
        }
      }
    }
    return tokens;
  }

  @Benchmark
  public void parseAndMap(Blackhole hole) throws IOException, BrokenBlobException {
    for (SampleBlob blob : blobs) {
      try (BlobReader reader =
          new BlobReader(new ByteArrayInputStream(blob.json()), mapper, blob.origin())) {
        for (BlobElement element = reader.next(); element != null; element = reader.next()) {
          hole.consume(element);
        }
      }
    }
  }
}
