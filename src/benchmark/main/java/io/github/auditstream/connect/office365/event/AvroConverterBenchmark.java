package io.github.auditstream.connect.office365.event;

import io.github.auditstream.connect.office365.testkit.InProcessAvro;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.storage.Converter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** The worker's part of an event: Confluent's Avro converter alone, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AvroConverterBenchmark {

  /** Stands for the whole sample. */
  public static final String ALL = "all";

  /** The name of a workload, or {@link #ALL}. */
  @Param(ALL)
  public String workload;

  private InProcessAvro avro;
  private Converter converter;
  private List<AuditEvent> events;

  @Setup
  public void load() {
    avro =
        new InProcessAvro(
            Path.of(
                System.getProperty(
                    "office365.converter", "target/plugins/confluent-avro-converter")));
    converter = avro.converter();
    AuditEventMapper mapper = new AuditEventMapper(new EventSchemas());
    EventSample sample = EventSample.load();
    EventSample part =
        sample.workloads().stream()
            .filter(any -> any.name().equals(workload))
            .findFirst()
            .map(sample::of)
            .orElse(sample);
    events = part.blobs().stream().flatMap(blob -> blob.mapped(mapper).stream()).toList();
  }

  @TearDown
  public void close() {
    avro.close();
  }

  @Benchmark
  public void convert(Blackhole hole) {
    for (AuditEvent event : events) {
      hole.consume(
          converter.fromConnectData(
              event.workload().topicSuffix(), event.value().schema(), event.value()));
    }
  }
}
