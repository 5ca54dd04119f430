package io.github.auditstream.connect.office365.dedupe;

import io.github.auditstream.connect.office365.model.ContentType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The gaps that a connector's status records report. They have headers with the whole of a gap,
 * since their values have many forms; those of older versions have none.
 *
 * @param gaps each once, in the order in which they were reported
 * @param unreadable the keys, {@code <tenant>/<contentType>/gap/<from>}, of reported gaps whose end
 *     is not known: their records have no headers that say it, so a person has to name the range
 */
public record Gaps(List<Gap> gaps, List<String> unreadable) {
  private static final String IN_KEYS = "/gap/";

  public Gaps {
    gaps = List.copyOf(gaps);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * Reads a status topic from its beginning to its end.
   *
   * @param consumerSettings of Kafka's consumer, with {@code bootstrap.servers}
   * @param nanos a clock that only goes forward, such as {@link System#nanoTime}
   * @throws TopicReadException if it cannot be read, or does not exist
   * @throws CancellationException if the thread is interrupted
   */
  public static Gaps read(
      Map<String, Object> consumerSettings, String statusTopic, LongSupplier nanos) {
    Found found = new Found();
    try (KeyConsumer consumer = new KeyConsumer(consumerSettings)) {
      Set<TopicPartition> partitions = consumer.partitions(Set.of(statusTopic));
      if (partitions.isEmpty()) {
        throw consumer.failures().missing(statusTopic, "status.topic");
      }
      new ReadToEnd(consumer, nanos, progress -> {})
          .read(consumer.beginnings(partitions), consumer.ends(partitions), found::look);
    }
    found.unreadable.removeAll(found.keys);
    return new Gaps(List.copyOf(found.gaps), List.copyOf(found.unreadable));
  }

  private static final class Found {
    private final RecordKeys texts = new RecordKeys();
    private final Set<Gap> gaps = new LinkedHashSet<>();
    private final Set<String> keys = new LinkedHashSet<>();
    private final Set<String> unreadable = new LinkedHashSet<>();

    void look(ConsumerRecord<byte[], Boolean> record) {
      Optional<String> key = texts.text(record.key());
      Optional<Gap> gap = gap(record.headers());
      if (gap.isPresent()) {
        gaps.add(gap.get());
        key.ifPresent(keys::add);
      } else {
        key.filter(text -> text.contains(IN_KEYS)).ifPresent(unreadable::add);
      }
    }

    private Optional<Gap> gap(Headers headers) {
      Optional<String> tenant = text(headers, "tenant");
      Optional<ContentType> type = text(headers, "contentType").flatMap(ContentType::find);
      Optional<Instant> from = time(headers, "gapFrom");
      Optional<Instant> until = time(headers, "gapUntil");
      return tenant.isPresent() && type.isPresent() && from.isPresent() && until.isPresent()
          ? Optional.of(new Gap(tenant.get(), type.get(), from.get(), until.get()))
          : Optional.empty();
    }

    private Optional<Instant> time(Headers headers, String name) {
      try {
        return text(headers, name).map(Instant::parse);
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }

    private Optional<String> text(Headers headers, String name) {
      return Optional.ofNullable(headers.lastHeader(name)).map(Header::value).flatMap(texts::text);
    }
  }
}
