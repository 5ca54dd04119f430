package io.github.auditstream.connect.office365.simulator;

/**
 * The rules of the API that a client can break. Unless said otherwise they are from Microsoft's
 * Management Activity API reference and its troubleshooting page.
 */
public enum Rule {
  /** A request to the feed carries no {@code Authorization}. */
  MISSING_AUTHORIZATION,
  /** The {@code Authorization} is not a bearer token that the simulator issued. */
  WRONG_AUTHORIZATION,
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
  /** A time is not in one of the three documented forms. */
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
  /** A bearer token or credential was sent to a host that is not the management host. */
  TOKEN_SENT_ELSEWHERE,
  /** A request was sent to a host that is not the management host. */
  REQUEST_SENT_ELSEWHERE,
  /** A redirect was followed. */
  REDIRECT_FOLLOWED,
  /** No operation of the API has this path or method. */
  UNKNOWN_OPERATION
}
