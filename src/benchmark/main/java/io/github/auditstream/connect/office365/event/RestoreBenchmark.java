package io.github.auditstream.connect.office365.event;

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

/** Structs back into JSON. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RestoreBenchmark {

  private final AuditEventRestorer restorer = new AuditEventRestorer();
  private List<AuditEvent> events;

  @Setup
  public void load() {
    AuditEventMapper mapper = new AuditEventMapper(new EventSchemas());
    events =
        EventSample.load().blobs().stream().flatMap(blob -> blob.mapped(mapper).stream()).toList();
  }

  @Benchmark
  public void restore(Blackhole hole) {
    for (AuditEvent event : events) {
      hole.consume(restorer.restore(event.value()));
    }
  }
}
