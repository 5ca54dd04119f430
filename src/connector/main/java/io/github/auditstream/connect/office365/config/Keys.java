package io.github.auditstream.connect.office365.config;

/**
 * The names of the connector's keys. Those of a tenant also exist as {@code tenants.<alias>.<key>}.
 */
public final class Keys {
  public static final String TENANTS = "tenants";

  public static final String TENANT_ID = "tenant.id";
  public static final String CLIENT_ID = "client.id";
  public static final String PUBLISHER_ID = "publisher.id";
  public static final String REQUESTS_PER_MINUTE = "requests.per.minute";

  public static final String CLIENT_SECRET = "client.secret";
  public static final String SECRET_EXPIRES = "client.secret.expires";
  public static final String CERTIFICATE_LOCATION = "client.certificate.location";
  public static final String CERTIFICATE_TYPE = "client.certificate.type";
  public static final String CERTIFICATE_KEY_LOCATION = "client.certificate.key.location";
  public static final String CERTIFICATE_PASSWORD = "client.certificate.password";
  public static final String ASSERTION_LOCATION = "client.assertion.location";
  public static final String MANAGED_IDENTITY = "managed.identity";

  public static final String CLOUD = "cloud";
  public static final String MANAGEMENT_ENDPOINT = "management.endpoint";
  public static final String AUTHORITY_ENDPOINT = "authority.endpoint";
  public static final String GRAPH_ENDPOINT = "graph.endpoint";

  public static final String CONTENT_TYPES = "content.types";
  public static final String INITIAL_LOOKBACK = "initial.lookback";

  public static final String TOPIC_PREFIX = "topic.prefix";
  public static final String RECEIPTS_TOPIC = "receipts.topic";
  public static final String STATUS_TOPIC = "status.topic";
  public static final String DEADLETTER_TOPIC = "deadletter.topic";

  public static final String POLL_INTERVAL_MS = "poll.interval.ms";
  public static final String OVERLAP = "overlap";
  public static final String CATCH_UP_ORDER = "catch.up.order";

  public static final String FETCH_CONCURRENCY = "fetch.concurrency";
  public static final String BUFFER_BYTES = "buffer.bytes";

  public static final String VALIDATE_CONNECTION = "validate.connection";

  public static final String CONNECT_TIMEOUT_MS = "connect.timeout.ms";
  public static final String REQUEST_TIMEOUT_MS = "request.timeout.ms";
  public static final String PROXY_HOST = "proxy.host";
  public static final String PROXY_PORT = "proxy.port";
  public static final String PROXY_USER = "proxy.user";
  public static final String PROXY_PASSWORD = "proxy.password";

  private Keys() {}
}
