package io.github.auditstream.connect.office365.config;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a history connector's settings. */
record HistoryReader(Values values) {
  /** Audit log queries are offered in Microsoft's global cloud only. */
  private static final Set<Cloud> WITHOUT_QUERIES =
      EnumSet.of(Cloud.GCC_HIGH, Cloud.DOD, Cloud.CHINA);

  private static final CloudEndpoints NOT_ASKED = Cloud.GLOBAL.endpoints().orElseThrow();

  HistorySettings read() {
    return read(asksMicrosoft() ? new TenantReader(values).readAll() : List.of());
  }

  /** With tenants that were read before. */
  HistorySettings read(List<TenantSettings> tenants) {
    ConnectionReader connection = new ConnectionReader(values);
    HistorySettings settings =
        new HistorySettings(
            asksMicrosoft() ? cloud(connection) : NOT_ASKED,
            tenants,
            new TopicReader(values).readHistory(),
            range(),
            queries(),
            values.value(HistoryKeys.DEDUPLICATE),
            kafka(),
            values.find(HistoryKeys.IMPORT_FOLDER),
            values.value(CommonKeys.BUFFER_BYTES),
            connection.http(),
            values.value(NetworkKeys.VALIDATE_CONNECTION));
    if (readsNothing()) {
      values.refuse(
          HistoryKeys.FROM.key(),
          "is missing, and neither "
              + HistoryKeys.GAPS.key()
              + " nor "
              + HistoryKeys.IMPORT_FOLDER.key()
              + " is set, so there is nothing to read",
          "write the first day to read, such as 2026-05-04");
    }
    return settings;
  }

  /**
   * Whether there is more to read than files. Where nothing is to be read, something is missing.
   */
  private boolean asksMicrosoft() {
    return readsQueries() || !values.isSet(HistoryKeys.IMPORT_FOLDER.key());
  }

  private boolean readsNothing() {
    return !readsQueries()
        && !values.isSet(HistoryKeys.IMPORT_FOLDER.key())
        && !values.isSet(HistoryKeys.UNTIL.key())
        && !values.errors().has(HistoryKeys.GAPS.key());
  }

  private boolean readsQueries() {
    return values.isSet(HistoryKeys.FROM.key()) || values.find(HistoryKeys.GAPS).orElse(false);
  }

  private CloudEndpoints cloud(ConnectionReader connection) {
    Cloud cloud = values.value(CommonKeys.CLOUD);
    if (WITHOUT_QUERIES.contains(cloud)) {
      values.refuse(
          CommonKeys.CLOUD.key(),
          "is " + Rules.word(cloud) + ", where Microsoft Graph does not offer audit log queries",
          "export the audit log there, and set "
              + HistoryKeys.IMPORT_FOLDER.key()
              + " without "
              + HistoryKeys.FROM.key());
    }
    return connection.cloud(CommonKeys.GRAPH_ENDPOINT);
  }

  private HistoryRange range() {
    HistoryRange range =
        new HistoryRange(
            values.find(HistoryKeys.FROM),
            values.find(HistoryKeys.UNTIL),
            values.value(HistoryKeys.GAPS),
            values.value(HistoryKeys.ORDER),
            values.value(HistoryKeys.SETTLED_AFTER));
    if (range.until().isPresent()) {
      if (!values.isSet(HistoryKeys.FROM.key())) {
        values.refuse(
            HistoryKeys.FROM.key(),
            "is missing beside " + HistoryKeys.UNTIL.key(),
            "write the beginning of the range too");
      } else if (range.from().filter(from -> !from.isBefore(range.until().get())).isPresent()) {
        values.refuse(
            HistoryKeys.UNTIL.key(),
            "is not behind " + HistoryKeys.FROM.key(),
            "write a later date or instant");
      }
    }
    return range;
  }

  private QuerySettings queries() {
    return new QuerySettings(
        values.value(HistoryKeys.API_VERSION),
        values.find(HistoryKeys.RECORD_TYPES).orElse(List.of()),
        Math.toIntExact(values.value(HistoryKeys.CREATIONS_PER_DAY)),
        Math.toIntExact(values.value(HistoryKeys.CONCURRENCY)),
        values.value(HistoryKeys.STUCK_AFTER),
        Duration.ofMillis(values.value(HistoryKeys.FIRST_POLL_MS)),
        Math.toIntExact(values.value(HistoryKeys.PAGE_SIZE)));
  }

  private KafkaClientSettings kafka() {
    boolean needed =
        values.value(HistoryKeys.DEDUPLICATE) == Deduplicate.TOPICS
            || values.value(HistoryKeys.GAPS);
    String servers = HistoryKeys.BOOTSTRAP_SERVERS.key();
    if (needed && !values.isSet(servers)) {
      boolean forGapsAlone = values.value(HistoryKeys.DEDUPLICATE) == Deduplicate.NONE;
      values.refuse(
          servers,
          forGapsAlone
              ? "is missing, so the gaps cannot be read from the status topic"
              : "is missing, so what is in the topics already cannot be known",
          "write the brokers of the worker's cluster, such as kafka-1:9092, or "
              + (forGapsAlone
                  ? HistoryKeys.GAPS.key() + "=false"
                  : HistoryKeys.DEDUPLICATE.key() + "=none where the topics are empty"));
    }
    return needed && values.isSet(servers)
        ? KafkaClientSettings.read(values)
        : new KafkaClientSettings(Map.of());
  }
}
