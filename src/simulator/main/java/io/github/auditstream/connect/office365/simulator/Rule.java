package io.github.auditstream.connect.office365.simulator;

/**
 * The rules of the APIs that a client can break. Unless said otherwise they are from Microsoft's
 * Management Activity API reference and its troubleshooting page, and those on queries and records
 * from Microsoft Graph's reference.
 */
public enum Rule {
  /** A request to the feed or to Graph carries no {@code Authorization}. */
  MISSING_AUTHORIZATION,
  /** The {@code Authorization} is not a bearer token that the simulator issued. */
  WRONG_AUTHORIZATION,
  /** The token is for the other API: a Graph token at the management host, or the reverse. */
  TOKEN_OF_ANOTHER_RESOURCE,
  /** The token is another tenant's. */
  TOKEN_OF_ANOTHER_TENANT,
  /** A request to the feed carries no {@code PublisherIdentifier}. */
  MISSING_PUBLISHER,
  /** {@code PublisherIdentifier} is not a GUID. */
  PUBLISHER_NOT_A_GUID,
  /** A parameter occurs twice in one request. */
  PARAMETER_REPEATED,
  /** The tenant in the path is not a GUID. */
  TENANT_NOT_A_GUID,
  /** Only one of {@code startTime} and {@code endTime} was sent. */
  ONE_TIME_BOUND,
  /** A time is not in a documented form: one of three at the feed, ISO 8601 at Graph. */
  TIME_FORMAT,
  /** A window of more than 24 hours. */
  WINDOW_TOO_LONG,
  /** {@code startTime} is not before {@code endTime}. */
  WINDOW_EMPTY,
  /** {@code startTime} is more than seven days ago when the request arrives. */
  WINDOW_TOO_OLD,
  /** The content type is not one of the five documented ones, or is missing. */
  UNKNOWN_CONTENT_TYPE,
  /** A blob was asked for after its {@code contentExpiration} (five seconds are forgiven). */
  EXPIRED_BLOB,
  /** A blob of another tenant was asked for. */
  BLOB_OF_ANOTHER_TENANT,
  /** A blob was asked for that was never listed. */
  UNKNOWN_BLOB,
  /** A {@code contentUri} was not sent byte for byte as listed. */
  CONTENT_URI_ALTERED,
  /** A next page's address was not sent as given. */
  PAGE_TOKEN_ALTERED,
  /** More requests within a minute than the tenant's quota. */
  OVER_QUOTA,
  /** A request arrived before the time was over that {@code Retry-After} had asked for. */
  SENT_BEFORE_RETRY_AFTER,
  /** A query has a property or a value that the reference does not have. */
  QUERY_NOT_DOCUMENTED,
  /** A query's range ends before it begins. */
  QUERY_RANGE_REVERSED,
  /** More queries were created within 24 hours than the tenant may create. */
  OVER_QUERY_QUOTA,
  /** A query was created while as many as the tenant may have were not done. */
  OVER_QUERY_SLOTS,
  /** The records of a query were asked for that has not succeeded, so that some were missing. */
  RECORDS_BEFORE_SUCCESS,
  /** A list of Graph was asked for with an option that it does not have. */
  UNKNOWN_QUERY_OPTION,
  /** Start was called for a subscription that is enabled. */
  START_ON_ENABLED,
  /** Start was called again within 15 minutes for the same content type. */
  START_TOO_SOON,
  /** A subscription was stopped: what happens until it is started again is lost. */
  STOP_CALLED,
  /** Tokens were asked for again and again while fresh ones were valid. */
  TOO_MANY_TOKEN_REQUESTS,
  /** A credential stood in a URL. */
  CREDENTIAL_IN_URL,
  /** A bearer token or credential was sent to a host that is none of the simulated ones. */
  TOKEN_SENT_ELSEWHERE,
  /** A request was sent to a host that is none of the simulated ones. */
  REQUEST_SENT_ELSEWHERE,
  /** A redirect was followed. */
  REDIRECT_FOLLOWED,
  /** No operation of the API has this path or method. */
  UNKNOWN_OPERATION
}
