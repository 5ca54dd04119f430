package io.github.auditstream.connect.office365.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A history connector's whole configuration, parsed and checked. Can be printed: what is secret
 * hides itself.
 *
 * @param cloud the hosts of the tenants' Microsoft cloud
 * @param tenants at least one, in the configuration's order; their aliases and tenant ids differ
 * @param topics names of the topics
 * @param range which event times are read
 * @param queries how queries are made
 * @param deduplicate how events are known that are there already
 * @param kafka the settings of the consumer that reads the topics; empty if it is not needed
 * @param importFolder the folder of export files
 * @param bufferBytes how many bytes of memory the events take at most that a task holds
 * @param http TLS, proxy and time-outs
 * @param validateConnection whether validation asks Microsoft
 */
public record HistorySettings(
    CloudEndpoints cloud,
    List<TenantSettings> tenants,
    HistoryTopics topics,
    HistoryRange range,
    QuerySettings queries,
    Deduplicate deduplicate,
    KafkaClientSettings kafka,
    Optional<Path> importFolder,
    long bufferBytes,
    HttpSettings http,
    boolean validateConnection)
    implements ConnectionSettings {
  public HistorySettings {
    tenants = List.copyOf(tenants);
  }

  /** The same without the folder of export files. */
  HistorySettings withoutImports() {
    return new HistorySettings(
        cloud,
        tenants,
        topics,
        range,
        queries,
        deduplicate,
        kafka,
        Optional.empty(),
        bufferBytes,
        http,
        validateConnection);
  }

  /** The same with another way to Microsoft. */
  public HistorySettings with(HttpSettings other) {
    return new HistorySettings(
        cloud,
        tenants,
        topics,
        range,
        queries,
        deduplicate,
        kafka,
        importFolder,
        bufferBytes,
        other,
        validateConnection);
  }

  /** Whether audit log queries are made at all. */
  public boolean readsQueries() {
    return range.from().isPresent() || range.gaps();
  }

  /** Whether topics are read with {@link #kafka}. */
  public boolean readsTopics() {
    return deduplicate == Deduplicate.TOPICS || range.gaps();
  }
}
