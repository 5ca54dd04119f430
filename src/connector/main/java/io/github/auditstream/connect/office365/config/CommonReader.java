package io.github.auditstream.connect.office365.config;

import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Duration;
import java.util.List;

/** Reads what all tenants of the live feed share. */
record CommonReader(Values values) {
  ConnectorSettings read(List<TenantSettings> tenants, List<ContentType> contentTypes) {
    ConnectionReader connection = new ConnectionReader(values);
    return new ConnectorSettings(
        connection.cloud(CommonKeys.MANAGEMENT_ENDPOINT),
        tenants,
        contentTypes,
        new TopicReader(values).read(),
        new FeedSettings(
            values.value(FeedKeys.INITIAL_LOOKBACK),
            Duration.ofMillis(values.value(FeedKeys.POLL_INTERVAL_MS)),
            values.value(FeedKeys.OVERLAP),
            values.value(FeedKeys.CATCH_UP_ORDER)),
        new FetchSettings(
            Math.toIntExact(values.value(FeedKeys.FETCH_CONCURRENCY)),
            values.value(CommonKeys.BUFFER_BYTES)),
        connection.http(),
        values.value(NetworkKeys.VALIDATE_CONNECTION));
  }
}
